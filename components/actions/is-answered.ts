import type { ActionResult } from "./action.ts";
import type { Unanswered } from "./unanswered.ts";

/**
 * Whether the console and its database answered, for better or worse. If not, to ask for the page
 * anew would leave it, and with it what was typed.
 */
export function isAnswered(result: ActionResult<unknown> | Unanswered): boolean {
  if (result.ok) return true;
  return "message" in result && result.code !== "UNAVAILABLE";
}
