import { generateKeyPairSync, randomBytes } from "node:crypto";
import { lstat, readFile } from "node:fs/promises";
import path from "node:path";
import { type DemoSecrets, newDemoSecrets } from "#lib/demo/secrets.ts";
import { LaunchError } from "./launch-error.ts";
import { writePrivateJson } from "./private-file.ts";

export type Secrets = {
  nextAuthSecret: string;
  superuserPassword: string;
  appPassword: string;
  /** Ed25519, PKCS #8 DER in base64. */
  auditSigningKey: string;
  demo: DemoSecrets;
};

/** The demo's secrets: made once, before anything that depends on them, and kept in `dataDir`. */
export async function keepSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, "secrets.json");
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept !== null) return await complete(parse(kept, file), file);

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
    auditSigningKey: newSigningKey(),
    demo: newDemoSecrets(),
  };
  await writePrivateJson(file, secrets);
  return secrets;
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  return privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
}

type Kept = Omit<Secrets, "auditSigningKey"> & Partial<Secrets>;

/** A demo of an earlier version has no signing key yet. */
async function complete(kept: Kept, file: string): Promise<Secrets> {
  const { auditSigningKey } = kept;
  if (auditSigningKey) return { ...kept, auditSigningKey };
  const secrets = { ...kept, auditSigningKey: newSigningKey() };
  await writePrivateJson(file, secrets);
  return secrets;
}

/** Written whole by us and readable by us alone, so its shape is only guarded against truncation and edits. */
function parse(text: string, file: string): Kept {
  try {
    const secrets = JSON.parse(text) as Partial<Secrets>;
    const { nextAuthSecret, superuserPassword, appPassword, auditSigningKey, demo } = secrets;
    if (nextAuthSecret && superuserPassword && appPassword && demo) {
      const needed = { nextAuthSecret, superuserPassword, appPassword, demo };
      return auditSigningKey ? { ...needed, auditSigningKey } : needed;
    }
  } catch {
    // told below
  }
  throw new LaunchError(
    `${file} is damaged. Put back the one that was made with this data, or delete ${path.dirname(file)} to begin with a new demo.`,
  );
}
