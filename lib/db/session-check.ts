import type pg from "pg";
import { setDatabaseClock } from "./database-clock.ts";
import { inOwnTransaction } from "./own-transaction.ts";
import { type LoginRights, setLoginRights } from "./trail-guard.ts";
import { AS_APPLICATION, type DatabaseUser } from "./transaction-settings.ts";

/** The database answers with settings that the console cannot work with. Each problem is a sentence or two for the operator. */
export class DatabaseSettingsError extends Error {
  override name = "DatabaseSettingsError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join(" "));
    this.problems = problems;
  }
}

export type SessionFacts = {
  /** Whether a pooler is in between, so that a session is shared with other clients. */
  isPooled: boolean;
  /** Why the database takes no writes, and what to do; null when it does. Reads go on. */
  readOnlyBecause: string | null;
};

type Session = {
  timeZone: string;
  dateStyle: string;
  standardStrings: string;
  arrayNulls: string;
  clientEncoding: string;
  serverEncoding: string;
  usesSchema: boolean;
  role: string;
  replicationRole: string;
  synchronousCommit: string;
  isReadOnly: boolean;
  isStandby: boolean;
  backendPid: number;
  clockMs: number;
} & LoginRights;

const READ_SESSION = `
  SELECT current_setting('TimeZone') AS "timeZone", current_setting('DateStyle') AS "dateStyle",
         current_setting('standard_conforming_strings') AS "standardStrings",
         current_setting('array_nulls') AS "arrayNulls",
         current_setting('client_encoding') AS "clientEncoding",
         current_setting('server_encoding') AS "serverEncoding",
         has_schema_privilege('public', 'USAGE') AS "usesSchema", current_user AS role,
         current_setting('session_replication_role') AS "replicationRole",
         current_setting('synchronous_commit') AS "synchronousCommit",
         current_setting('transaction_read_only') = 'on' AS "isReadOnly",
         pg_is_in_recovery() AS "isStandby",
         session_user AS login, current_database() AS database,
         EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE nspname = 'public' AND relname = 'audit_event'
                   AND pg_has_role(session_user, relowner, 'MEMBER')) AS "ownsTrail",
         has_database_privilege(current_user, current_database(), 'TEMPORARY, CREATE')
           OR has_schema_privilege(current_user, 'public', 'CREATE') AS "makesObjects",
         pg_backend_pid() AS "backendPid",
         (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS "clockMs"`;

/**
 * Reads the settings that are in effect in a transaction of the console.
 *
 * @throws DatabaseSettingsError when the console cannot work with one of them
 */
export async function checkSession(
  client: pg.Client,
  user: DatabaseUser = AS_APPLICATION,
): Promise<SessionFacts> {
  const { rows } = await inOwnTransaction<Session>(client, { text: READ_SESSION }, user);
  const [session] = rows;
  if (!session) throw new Error("The database did not say how its session is set.");
  setDatabaseClock(session.clockMs);
  if (user.role !== null) setLoginRights(session);
  const problems = findProblems(session, user);
  if (problems.length > 0) throw new DatabaseSettingsError(problems);
  return {
    isPooled: session.backendPid !== toProcessId(client),
    readOnlyBecause: findReadOnly(session),
  };
}

/** Only reported, never overridden with READ WRITE: an operator, or a provider with a full disk, set it on purpose. */
function findReadOnly({ isReadOnly, isStandby }: Session): string | null {
  if (isStandby) return "It is a standby, which takes no writes. Connect to the primary.";
  if (!isReadOnly) return null;
  return "default_transaction_read_only is on for this server, database or role, so that it takes no writes. Find out why (a full disk, a migration), then reset it with ALTER SYSTEM, ALTER DATABASE or ALTER ROLE … RESET default_transaction_read_only.";
}

/** The process id that came with the connection, from the server or made up by a pooler. */
function toProcessId(client: pg.Client): number | null {
  return (client as pg.Client & { processID: number | null }).processID;
}

function findProblems(session: Session, { role }: DatabaseUser): string[] {
  const set: [name: string, actual: string, wanted: string][] = [
    ["TimeZone", session.timeZone, "UTC"],
    ["DateStyle", session.dateStyle, "ISO, MDY"],
    ["standard_conforming_strings", session.standardStrings, "on"],
    ["array_nulls", session.arrayNulls, "on"],
    ["client_encoding", session.clientEncoding, "UTF8"],
    ["role", session.role, role ?? session.role],
  ];
  const problems = set
    .filter(([, actual, wanted]) => actual !== wanted)
    .map(
      ([name, actual, wanted]) =>
        `In a transaction ${name} is ${actual}, although the console sets it to ${wanted}. Something between the console and the server drops SET LOCAL: take it out, or set a pooler to transaction mode.`,
    );
  if (session.serverEncoding !== "UTF8") {
    problems.push(
      `The database's encoding is ${session.serverEncoding}, and the console needs UTF8. Create a database with ENCODING 'UTF8' TEMPLATE template0.`,
    );
  }
  if (!session.usesSchema) {
    problems.push(
      `The role ${session.role} cannot use the schema public. Run as its owner: GRANT USAGE ON SCHEMA public TO ${session.role}.`,
    );
  }
  if (session.replicationRole === "replica") {
    problems.push(
      "session_replication_role is replica, which switches off the triggers that guard the trail. Reset it with ALTER DATABASE or ALTER ROLE … RESET session_replication_role.",
    );
  }
  if (session.synchronousCommit === "off") {
    problems.push(
      "synchronous_commit is off: what the console has told people is done could be gone after the server's next crash. Reset it with ALTER SYSTEM, ALTER DATABASE or ALTER ROLE … RESET synchronous_commit.",
    );
  }
  return problems;
}
