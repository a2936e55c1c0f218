import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from "next/navigation";
import type { ActionResult } from "./action.ts";

/** Why a server action brought no answer: this build's action is not there any more, or nothing was said at all. */
export type Unanswered = { ok: false; code: "OUTDATED" | "OFFLINE" };

/** What stands for the answer of a server action that threw in the browser. */
export function toUnanswered(error: unknown): Unanswered {
  return { ok: false, code: isUnrecognizedActionError(error) ? "OUTDATED" : "OFFLINE" };
}

/** The name of the words for it, among those of every dialog. */
export function toUnansweredWords({ code }: Unanswered): "outdated" | "offline" {
  return code === "OUTDATED" ? "outdated" : "offline";
}

/**
 * Whether the console and its database answered, for better or worse. If not, to ask for the page
 * anew would leave it, and with it what was typed.
 */
export function isAnswered(result: ActionResult<unknown> | Unanswered): boolean {
  if (result.ok) return true;
  return "message" in result && result.code !== "UNAVAILABLE";
}
