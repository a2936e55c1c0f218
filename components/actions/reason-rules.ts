import { REASON_LENGTH } from "#lib/audit/reason-length.ts";

/** The reason's length as the verb counts it: code points after trimming. */
export function countCharacters(reason: string): number {
  return [...reason.trim()].length;
}

/** Whether the verb would accept a reason, checked before it is sent; the verb has the last word. */
export function isReason(typed: string): boolean {
  const count = countCharacters(typed);
  return count >= REASON_LENGTH.min && count <= REASON_LENGTH.max;
}

/**
 * Shortens generated text to the length of a reason. Cuts between characters, since half of one is
 * refused.
 */
export function toReason(words: string): string {
  return [...words.trim()].slice(0, REASON_LENGTH.max).join("");
}

/** Whether the verb would accept a ticket link; an empty one is accepted. */
export function isTicketUrl(typed: string): boolean {
  const value = typed.trim();
  if (value === "") return true;
  const url = URL.parse(value);
  return (
    /^https:\/\//i.test(value) &&
    url?.protocol === "https:" &&
    url.username === "" &&
    url.password === ""
  );
}
