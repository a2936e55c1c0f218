import { readFile } from "node:fs/promises";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";

/** The program that verifies an export without the console, as it is in the docs. */
export const VERIFIER = "verify-export.mjs";

/** Reads the text of that program. Takes `audit:read`. */
export async function readVerifier(actor: Actor): Promise<string> {
  authorize(actor, "audit:read");
  // The server runs in the project's folder.
  return await readFile(`docs/${VERIFIER}`, "utf8");
}
