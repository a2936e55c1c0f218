import { readFile } from "node:fs/promises";
import path from "node:path";
import { readConfig, readMigrationUrl, readOwnerUrl } from "#lib/config.ts";
import { CommandError } from "./command-error.ts";

/**
 * The console's database: DATABASE_URL, else that of the running demo.
 *
 * @throws CommandError when there is neither; EnvironmentError when a setting is malformed
 */
export async function findDatabase(env: NodeJS.ProcessEnv): Promise<string> {
  if (env.DATABASE_URL) return readMigrationUrl(env);
  return await readDemo(env, { field: "databaseUrl", setting: "DATABASE_URL" });
}

/**
 * The console's database with the role that owns the schema: OWNER_DATABASE_URL, else that of the running demo.
 *
 * @throws CommandError when there is neither; EnvironmentError when the setting is malformed
 */
export async function findOwnerDatabase(env: NodeJS.ProcessEnv): Promise<string> {
  const url = readOwnerUrl(env);
  if (url !== null) return url;
  if (!env.DATABASE_URL) {
    return await readDemo(env, { field: "ownerDatabaseUrl", setting: "OWNER_DATABASE_URL" });
  }
  throw new CommandError(
    "This takes the role that owns the schema, and OWNER_DATABASE_URL is not set. Set it to the console's database with that role; the server has no need of it.",
  );
}

async function readDemo(
  env: NodeJS.ProcessEnv,
  { field, setting }: { field: string; setting: string },
): Promise<string> {
  const demoFile = path.join(readConfig(env).dataDir, "demo.json");
  try {
    const demo = JSON.parse(await readFile(demoFile, "utf8")) as Record<string, unknown> | null;
    const url = demo?.[field];
    if (typeof url === "string") return url;
  } catch {
    // The file is missing or half written: the demo does not run.
  }
  throw new CommandError(
    `There is no database to work on: the demo does not run here (no ${demoFile}). Start it with npm start, or set ${setting} to the console's database.`,
  );
}
