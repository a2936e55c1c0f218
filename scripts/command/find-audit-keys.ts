import { readFile } from "node:fs/promises";
import path from "node:path";
import { toAuditKeys, toKeyMap } from "#lib/audit/head/audit-keys.ts";
import { type Config, readConfig } from "#lib/config.ts";
import { type PublicKey, parsePublicKey } from "#lib/ed25519.ts";
import { CommandError } from "./command-error.ts";

type Keys = ReadonlyMap<string, PublicKey>;

/** Parses the keys of --public-key. @throws CommandError for a text that is not a public key */
export function parseNamedKeys(named: readonly string[]): Keys {
  return toKeyMap(named.map(parseNamed));
}

/** The public keys of the settings or the demo's secrets, which may have signed heads. Empty without both. */
export async function findAuditKeys(env: NodeJS.ProcessEnv): Promise<Keys> {
  const config = readConfig({ ...env, NEXTAUTH_SECRET: env.NEXTAUTH_SECRET || PLACEHOLDER });
  const signingKey = config.audit.signingKey ?? (await readDemoKey(config));
  const secret = env.NEXTAUTH_SECRET || null;
  if (signingKey === null && secret === null) return new Map();
  return toAuditKeys({ ...config.audit, signingKey }, secret ?? "").keys;
}

/** The folder of the archives and the file of this console's journal of heads, by the settings. */
export function findAuditFiles(env: NodeJS.ProcessEnv): { archiveDir: string; journal: string } {
  const secret = env.NEXTAUTH_SECRET || PLACEHOLDER;
  const { archiveDir, headJournal } = readConfig({ ...env, NEXTAUTH_SECRET: secret }).audit;
  return { archiveDir, journal: headJournal };
}

/** Stands in for the secrets that a server's settings need and checking a trail does not. */
const PLACEHOLDER = "-".repeat(32);

function parseNamed(text: string): PublicKey {
  const key = parsePublicKey(text);
  if (key) return key;
  throw new CommandError(
    "--public-key takes an Ed25519 public key: the publicKey of GET /api/v1/audit/keys, or a PEM file's text.",
  );
}

async function readDemoKey({ isDemo, dataDir }: Config): Promise<string | null> {
  if (!isDemo) return null;
  try {
    const secrets: unknown = JSON.parse(await readFile(path.join(dataDir, "secrets.json"), "utf8"));
    if (typeof secrets !== "object" || secrets === null || !("auditSigningKey" in secrets)) {
      return null;
    }
    return typeof secrets.auditSigningKey === "string" ? secrets.auditSigningKey : null;
  } catch {
    return null;
  }
}
