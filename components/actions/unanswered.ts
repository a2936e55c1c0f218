import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from "next/navigation";

/** Why a server action brought no answer: this build's action is not there any more, or nothing was said at all. */
export type Unanswered = { ok: false; code: "OUTDATED" | "OFFLINE" };

/** What stands for the answer of a server action that threw in the browser. */
export function toUnanswered(error: unknown): Unanswered {
  return { ok: false, code: isUnrecognizedActionError(error) ? "OUTDATED" : "OFFLINE" };
}

/** The name of the words for it, in each catalogue of a dialog's. */
export function toUnansweredWords({ code }: Unanswered): "outdated" | "offline" {
  return code === "OUTDATED" ? "outdated" : "offline";
}
