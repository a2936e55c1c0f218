import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { keepPrivateJson } from "./keep-private-json.ts";
import { LaunchError } from "./launch-error.ts";

/** Next's own name for the key that its server actions are known and sealed by. */
export const ACTIONS_KEY = "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY";

const BYTES = 32;

type Kept = { actionsKey: string };

/**
 * The key that the operator set for the server actions of every build and instance, 32 bytes as base64.
 * @throws LaunchError when it is not such a key
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
 * The key kept in `dataDir`, 32 bytes as base64; made the first time. Builds with one key take each
 * other's actions, so that a page from before a deploy can still save what was typed into it.
 * Whoever has the key can read what actions seal, and it lies in the build: .next is secret, too.
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

/** Node passes over what is no base64, and takes base64url for it; Next takes neither. */
function isKey(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === BYTES && bytes.toString("base64") === text;
}
