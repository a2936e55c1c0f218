import { userInfo } from "node:os";
import { v7 as uuidv7 } from "uuid";
import { EnvironmentError } from "#environment/read-environment.ts";
import type { SystemActor } from "#lib/access/actor.ts";
import type { Permission } from "#lib/access/permissions.ts";
import { closeDatabase, setDatabase } from "#lib/db/client.ts";
import { isUnavailable } from "#lib/db/is-unavailable.ts";
import { MigrationError } from "#lib/db/migration-error.ts";
import { AS_OWNER } from "#lib/db/transaction-settings.ts";
import { AppError } from "#lib/errors.ts";
import { CommandError } from "./command-error.ts";
import { findDatabase, findOwnerDatabase } from "./find-database.ts";
import { requireTables } from "./require-tables.ts";

/** A shell command that works on the console's database. */
export type Command<Arguments> = {
  name: string;
  permission: Permission | Permission[];
  /** Whether it runs with the role that owns the schema, for what the application's role may not do. */
  isOwners?: boolean;
  /** Called first, so that a typing mistake is reported before the command looks for the database. */
  readArguments: (args: readonly string[]) => Arguments | Promise<Arguments>;
  work: (actor: SystemActor, args: Arguments) => Promise<void>;
};

/**
 * Runs a shell command on the console's database, as the console itself with the permissions that it needs.
 * Failures are explained; only our own bugs print a stack.
 */
export async function runCommand<Arguments>(options: Command<Arguments>): Promise<void> {
  const { name, permission, isOwners = false, readArguments, work } = options;
  try {
    const args = await readArguments(process.argv.slice(2));
    const url = await (isOwners ? findOwnerDatabase : findDatabase)(process.env);
    await requireTables(isOwners ? "OWNER_DATABASE_URL" : "DATABASE_URL", url);
    setDatabase(url, ...(isOwners ? [AS_OWNER] : []));
    await work(newActor(name, [permission].flat()), args);
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  } finally {
    await closeDatabase();
  }
}

/** Runs a shell command that needs no database. Failures are explained; only our own bugs print a stack. */
export async function runOffline(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}

function newActor(name: string, permissions: Permission[]): SystemActor {
  return {
    type: "system",
    id: name.replace(":", "-"),
    name: `${name} (${osUser()})`,
    permissions,
    origin: { requestId: uuidv7(), channel: "cli", ip: null, userAgent: null },
  };
}

/** The operating system's user; in a container that may be one without a name. */
function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
}

/** The text about an error for the operator. */
export function explain(error: unknown): string {
  const isPlain = [AppError, CommandError, EnvironmentError, MigrationError].some(
    (plain) => error instanceof plain,
  );
  if (isPlain && error instanceof Error) return error.message;
  if (isUnavailable(error)) {
    return "The database did not answer in time. Nothing was changed, unless the connection broke at the very end; trying again is harmless. Is the demo running (npm start), or DATABASE_URL right? Is another import under way?";
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
