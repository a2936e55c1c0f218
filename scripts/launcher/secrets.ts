import { randomBytes } from "node:crypto";
import { lstat, readFile } from "node:fs/promises";
import path from "node:path";
import { type DemoSecrets, newDemoSecrets } from "#lib/demo/secrets.ts";
import { LaunchError } from "./launch-error.ts";
import { writePrivateJson } from "./private-file.ts";

export type Secrets = {
  nextAuthSecret: string;
  superuserPassword: string;
  appPassword: string;
  demo: DemoSecrets;
};

/** The demo's secrets: made once, before anything that depends on them, and kept in `dataDir`. */
export async function keepSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, "secrets.json");
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept !== null) return parse(kept, file);

  const cluster = path.join(dataDir, "postgres");
  if (await lstat(cluster).catch(() => null)) {
    throw new LaunchError(
      `${file} is missing, and without it the database in ${cluster} cannot be opened. Put it back, or delete ${dataDir} to begin with a new demo.`,
    );
  }
  const secrets: Secrets = {
    nextAuthSecret: newSecret(),
    superuserPassword: newSecret(),
    appPassword: newSecret(),
    demo: newDemoSecrets(),
  };
  await writePrivateJson(file, secrets);
  return secrets;
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Written whole by us and readable by us alone, so its shape is only guarded against truncation and edits. */
function parse(text: string, file: string): Secrets {
  try {
    const secrets = JSON.parse(text) as Partial<Secrets>;
    const { nextAuthSecret, superuserPassword, appPassword, demo } = secrets;
    if (nextAuthSecret && superuserPassword && appPassword && demo) {
      return { nextAuthSecret, superuserPassword, appPassword, demo };
    }
  } catch {
    // told below
  }
  throw new LaunchError(
    `${file} is damaged. Put back the one that was made with this data, or delete ${path.dirname(file)} to begin with a new demo.`,
  );
}
