import { z } from "zod";
import { countVisible, findTurn } from "../name-text.ts";
import { isStorable, text } from "../text.ts";
import { REASON_LENGTH } from "./reason-length.ts";

/** Why a change was made, in a person's words. */
export const reasonSchema = text({ name: "The reason", ...REASON_LENGTH })
  .refine(
    // One that is too short altogether is told that already.
    (reason) => countVisible(reason) >= REASON_LENGTH.min || [...reason].length < REASON_LENGTH.min,
    `The reason must have at least ${REASON_LENGTH.min} characters that can be seen.`,
  )
  .superRefine((reason, context) => {
    const turn = findTurn([...reason]);
    if (turn !== null) context.addIssue({ code: "custom", message: `The reason ${turn}` });
  })
  .meta({
    description: `Why, in a person's words: ${REASON_LENGTH.min} to ${REASON_LENGTH.max} characters after trimming.`,
    example: "Acme's CRM keys on userId since 20 November",
  });

const NO_TICKET_LINK = "The ticket link must be an https:// address.";

/** A link to the ticket; https only, because the screen makes it a link. */
export const ticketUrlSchema = z
  .url({ protocol: /^https$/, error: NO_TICKET_LINK, abort: true })
  // A URL parser takes "https:host", too, which as a link of a page leads into the console itself.
  .refine((link) => /^https:\/\//i.test(link), NO_TICKET_LINK)
  .max(2_000, "The ticket link must have at most 2,000 characters.")
  .refine(
    hasNoCredentials,
    "The ticket link has a user name or password in it, and the trail keeps what it gets. Leave them out.",
  )
  .refine(isStorable, "The ticket link has a broken character. Copy it again.")
  .meta({ description: "A link to the ticket.", example: "https://support.example.com/t/4711" });

/** True for what is not a URL: Zod runs this check on it too, and reports it with another message. */
function hasNoCredentials(link: string): boolean {
  const url = URL.parse(link);
  return !url || (url.username === "" && url.password === "");
}
