import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { keepPrivateJson } from "./keep-private-json.ts";
import { LaunchError } from "./launch-error.ts";

/** Next's environment variable for the key that identifies and encrypts its server actions. */
export const ACTIONS_KEY = "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY";

const BYTES = 32;

type Kept = { actionsKey: string };

/**
 * The operator's key for the server actions of every build and instance, 32 bytes as base64; null if not set.
 * @throws LaunchError when it is not 32 bytes in base64
 */
export function readGivenActionsKey(): string | null {
  const given = process.env[ACTIONS_KEY]?.trim();
  if (!given) return null;
  if (isKey(given)) return given;
  throw new LaunchError(
    `${ACTIONS_KEY} is not a key of ${BYTES} bytes in base64. Make one with openssl rand -base64 ${BYTES}, the same for all instances.`,
  );
}

/**
 * The key kept in `dataDir`, 32 bytes as base64; made the first time. Builds with the same key accept each
 * other's actions, so that a page from before a deploy can still save. Whoever has the key can decrypt what
 * actions encrypt, and the build contains it: .next is secret, too.
 * @throws LaunchError when the file is damaged
 */
export async function keepActionsKey(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const { actionsKey } = await keepPrivateJson<Kept>(path.join(dataDir, "actions-key.json"), {
    read: ({ actionsKey: kept }) => (kept && isKey(kept) ? { actionsKey: kept } : null),
    make: async () => ({ actionsKey: randomBytes(BYTES).toString("base64") }),
    repair: "Delete it: a new one is made, and open pages have to be reloaded.",
  });
  return actionsKey;
}

/** Stricter than Node, which skips characters outside base64 and accepts base64url: Next accepts neither. */
function isKey(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === BYTES && bytes.toString("base64") === text;
}
