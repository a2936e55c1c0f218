import { readFile } from "node:fs/promises";
import path from "node:path";
import { readConfig, readMigrationUrl } from "#lib/config.ts";
import { CommandError } from "./command-error.ts";

/**
 * The console's database: DATABASE_URL, else that of the running demo.
 *
 * @throws CommandError when there is neither; ConfigError when a setting is malformed
 */
export async function findDatabase(env: NodeJS.ProcessEnv): Promise<string> {
  if (env.DATABASE_URL) return readMigrationUrl(env);
  const demoFile = path.join(readConfig(env).dataDir, "demo.json");
  try {
    const demo: unknown = JSON.parse(await readFile(demoFile, "utf8"));
    if (typeof demo === "object" && demo !== null && "databaseUrl" in demo) {
      if (typeof demo.databaseUrl === "string") return demo.databaseUrl;
    }
  } catch {
    // No such file, or half of one: the demo does not run.
  }
  throw new CommandError(
    `There is no database to work on: the demo does not run here (no ${demoFile}). Start it with npm start, or set DATABASE_URL to the console's database.`,
  );
}
