import { AppError } from "../errors.ts";
import type { Actor, PersonActor } from "./actor.ts";

/**
 * Requires a person who is signed in in a browser: a token may be in other hands than its owner's.
 *
 * @param act what they want to do, as the beginning of a sentence: "Approving"
 * @throws AppError FORBIDDEN
 */
export function requireBrowserSession(actor: Actor, act: string): PersonActor {
  if (actor.type === "person" && actor.tokenId === null) return actor;
  throw new AppError(
    "FORBIDDEN",
    `${act} takes a person who is signed in: no token can do it. Do it in the console.`,
  );
}
