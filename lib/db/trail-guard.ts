import { processSlot } from "../process-slot.ts";

/** What the login role of DATABASE_URL may do beyond the application's role. */
export type LoginRights = {
  login: string;
  database: string;
  /** Whether it owns the trail's tables, or is a member of their owner. */
  ownsTrail: boolean;
  /** Whether it can create objects, even temporary ones, which could be used in place of the trail's. */
  makesObjects: boolean;
};

const slot = processSlot<{ problems: readonly string[] }>("trail-guard");

/**
 * Reasons why the database does not prevent this console from changing the trail, each with the SQL that
 * fixes it; empty when it does prevent it.
 */
export function trailGuardProblems(): readonly string[] {
  return slot.value?.problems ?? [];
}

/** Sets what the login of a new connection may do. */
export function setLoginRights(rights: LoginRights): void {
  slot.value = { problems: findProblems(rights) };
}

function findProblems({ login, database, ownsTrail, makesObjects }: LoginRights): string[] {
  const problems: string[] = [];
  if (ownsTrail) {
    problems.push(
      `DATABASE_URL signs in as ${login}, who owns the trail's tables or may become their owner: who has that login can change entries, erase values and take entries away. Run CREATE ROLE console_run LOGIN PASSWORD '…' IN ROLE bsuid_console_app; sign in as console_run in DATABASE_URL, and keep ${login} for npm run db:migrate and OWNER_DATABASE_URL.`,
    );
  }
  if (makesObjects) {
    problems.push(
      `The application's role may make objects in the database ${database}. Run REVOKE TEMPORARY, CREATE ON DATABASE ${database} FROM PUBLIC; REVOKE CREATE ON SCHEMA public FROM PUBLIC;`,
    );
  }
  return problems;
}
