import { randomBytes, randomUUID } from "node:crypto";
import path from "node:path";
import { keepPrivateJson } from "./keep-private-json.ts";

/** Secrets that the demo's runtime shares with the business and with Meta. */
export type RuntimeSecrets = {
  businessId: string;
  apiKey: string;
  webhookSecret: string;
  verifyToken: string;
};

/** The runtime's secrets: made once, and kept in `dataDir`. */
export async function keepRuntimeSecrets(dataDir: string): Promise<RuntimeSecrets> {
  return await keepPrivateJson(path.join(dataDir, "runtime-secrets.json"), {
    read: ({ businessId, apiKey, webhookSecret, verifyToken }: Partial<RuntimeSecrets>) =>
      businessId && apiKey && webhookSecret && verifyToken
        ? { businessId, apiKey, webhookSecret, verifyToken }
        : null,
    make: async () => ({
      businessId: randomUUID(),
      apiKey: newSecret(),
      webhookSecret: newSecret(),
      verifyToken: newSecret(),
    }),
    repair: "Delete it: the next start makes a new one.",
  });
}

const newSecret = () => randomBytes(24).toString("base64url");
