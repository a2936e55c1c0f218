import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { LaunchError } from "./launch-error.ts";
import { writePrivateJson } from "./private-file.ts";

/** What the demo's runtime, its business and Meta's part have in common. */
export type RuntimeSecrets = {
  businessId: string;
  apiKey: string;
  webhookSecret: string;
  verifyToken: string;
};

/** Made once, and kept in `dataDir`. */
export async function keepRuntimeSecrets(dataDir: string): Promise<RuntimeSecrets> {
  const file = path.join(dataDir, "runtime-secrets.json");
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept !== null) return parse(kept, file);
  const newSecret = () => randomBytes(24).toString("base64url");
  const secrets: RuntimeSecrets = {
    businessId: randomUUID(),
    apiKey: newSecret(),
    webhookSecret: newSecret(),
    verifyToken: newSecret(),
  };
  await writePrivateJson(file, secrets);
  return secrets;
}

function parse(text: string, file: string): RuntimeSecrets {
  try {
    const { businessId, apiKey, webhookSecret, verifyToken } = JSON.parse(text);
    if (businessId && apiKey && webhookSecret && verifyToken) {
      return { businessId, apiKey, webhookSecret, verifyToken };
    }
  } catch {
    // told below
  }
  throw new LaunchError(`${file} is damaged. Delete it: the next start makes a new one.`);
}
