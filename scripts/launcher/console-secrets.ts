import { generateKeyPairSync, randomBytes } from "node:crypto";
import { lstat } from "node:fs/promises";
import path from "node:path";
import { type DemoSecrets, newDemoSecrets } from "../demo/demo-secrets.ts";
import { keepPrivateJson } from "./keep-private-json.ts";
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
  const kept = await keepPrivateJson<Kept>(file, {
    read: toKept,
    make: () => makeSecrets(file, dataDir),
    repair: `Put back the one that was made with this data, or delete ${dataDir} to begin with a new demo.`,
  });
  return await complete(kept, file);
}

async function makeSecrets(file: string, dataDir: string): Promise<Secrets> {
  const cluster = path.join(dataDir, "postgres");
  if (await lstat(cluster).catch(() => null)) {
    throw new LaunchError(
      `${file} is missing, and without it the database in ${cluster} cannot be opened. Put it back, or delete ${dataDir} to begin with a new demo.`,
    );
  }
  return {
    nextAuthSecret: newSecret(),
    superuserPassword: newSecret(),
    appPassword: newSecret(),
    auditSigningKey: newSigningKey(),
    demo: newDemoSecrets(),
  };
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  return privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
}

type Kept = Omit<Secrets, "auditSigningKey"> & Partial<Secrets>;

/** Adds the signing key that a demo of an earlier version lacks. */
async function complete(kept: Kept, file: string): Promise<Secrets> {
  const { auditSigningKey } = kept;
  if (auditSigningKey) return { ...kept, auditSigningKey };
  const secrets = { ...kept, auditSigningKey: newSigningKey() };
  await writePrivateJson(file, secrets);
  return secrets;
}

/** The file's content; null if truncated or edited, the only faults of a file that only we write and read. */
function toKept(json: Partial<Secrets>): Kept | null {
  const { nextAuthSecret, superuserPassword, appPassword, auditSigningKey, demo } = json;
  if (!nextAuthSecret || !superuserPassword || !appPassword || !demo) return null;
  const needed = { nextAuthSecret, superuserPassword, appPassword, demo };
  return auditSigningKey ? { ...needed, auditSigningKey } : needed;
}
