const FEWEST_CHARACTERS = 5;
export const MOST_CHARACTERS = 500;

/** The reason's length as the verb counts it: code points after trimming. */
export function countCharacters(reason: string): number {
  return [...reason.trim()].length;
}

/** Tells before it is sent what the verb would refuse; the verb has the last word. */
export function isReason(typed: string): boolean {
  const count = countCharacters(typed);
  return count >= FEWEST_CHARACTERS && count <= MOST_CHARACTERS;
}

/** Words made here, shortened to a reason: between characters, since half of one is refused. */
export function toReason(words: string): string {
  return [...words.trim()].slice(0, MOST_CHARACTERS).join("");
}

/** As `isReason`, for the ticket link; none at all is fine. */
export function isTicketUrl(typed: string): boolean {
  const value = typed.trim();
  if (value === "") return true;
  const url = URL.parse(value);
  return url?.protocol === "https:" && url.username === "" && url.password === "";
}
