import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { getConfig } from "../../config.ts";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = "1:";

/**
 * Encrypts a secret for one endpoint, by AES-256-GCM: moved to another endpoint's row, it cannot be read.
 * Changing WEBHOOK_KEY, or NEXTAUTH_SECRET without one, loses it.
 */
export function encryptSecret(secret: string, endpointId: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, deriveKey(), nonce).setAAD(Buffer.from(endpointId));
  const encrypted = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString("base64");
}

/** The secret; null when the key is not the one that it was encrypted with, or the row was changed. */
export function decryptSecret(stored: string, endpointId: string): string | null {
  const bytes = Buffer.from(stored.slice(VERSION.length), "base64");
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv(ALGORITHM, deriveKey(), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(endpointId)).setAuthTag(tag);
    const encrypted = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(encrypted), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function deriveKey(): Buffer {
  const { webhooks, nextAuthSecret } = getConfig();
  const secret = webhooks.key ?? nextAuthSecret;
  return Buffer.from(hkdfSync("sha256", secret, "", "bsuid-console webhook secrets", 32));
}
