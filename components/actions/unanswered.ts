import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from "next/navigation";
import type { ActionResult } from "./action.ts";

/** Why a server action got no answer: the server's build no longer has it, or nothing answered. */
export type Unanswered = { ok: false; code: "OUTDATED" | "OFFLINE" };

/** Turns what a server action threw in the browser into a failure. */
export function toUnanswered(error: unknown): Unanswered {
  return { ok: false, code: isUnrecognizedActionError(error) ? "OUTDATED" : "OFFLINE" };
}

/** The key of the failure's text, among those of every dialog. */
export function toUnansweredWords({ code }: Unanswered): "outdated" | "offline" {
  return code === "OUTDATED" ? "outdated" : "offline";
}

/**
 * Whether the console and its database answered, with success or failure. If not, refreshing the page
 * would leave it and lose what was typed.
 */
export function isAnswered(result: ActionResult<unknown> | Unanswered): boolean {
  if (result.ok) return true;
  return "message" in result && result.code !== "UNAVAILABLE";
}
