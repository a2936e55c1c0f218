import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { UnprocessableError } from "../errors.ts";
import { findWanted } from "../phones/find-wanted.ts";
import { type NumbersReading, readNumbers } from "../phones/read-numbers.ts";
import { scanText } from "../phones/scan-text.ts";
import { findKnownNumbers } from "./find-known-numbers.ts";

const MAX_QUOTED = 10;

/**
 * The ids of the numbers that a text names, by phone or id, as a mail writes them. Takes `number:read`.
 *
 * @param path the input's field, which an error names
 * @throws UnprocessableError where the text names none, or one that is not known or may be one of several: a
 *   change must not leave out a number unsaid
 */
export async function requireNamedNumbers(
  actor: Actor,
  { text, path }: { text: string; path: string },
): Promise<string[]> {
  authorize(actor, "number:read");
  const scan = scanText(text);
  const reading = readNumbers(scan, await findKnownNumbers(findWanted(scan)));
  const problem = findProblem(reading);
  if (problem) throw new UnprocessableError(problem, [{ path, message: problem }]);
  return [...new Set(reading.found.flatMap(({ phoneNumberIds }) => phoneNumberIds))];
}

function findProblem({ found, ambiguous, notFound, damaged }: NumbersReading): string | null {
  if (notFound.length > 0) return `No number in the roster is ${quoteFew(notFound)}.`;
  if (damaged.length > 0) return `Digits are missing in ${quoteFew(damaged)}.`;
  if (ambiguous.length > 0) {
    return `More than one number may be ${quoteFew(ambiguous.map(({ written }) => written))}. Give the phone_number_id.`;
  }
  return found.length === 0 ? "The text names no number. Give its phone or phone_number_id." : null;
}

function quoteFew(texts: readonly string[]): string {
  const more = texts.length > MAX_QUOTED ? ` and ${texts.length - MAX_QUOTED} more` : "";
  return (
    texts
      .slice(0, MAX_QUOTED)
      .map((text) => `“${text}”`)
      .join(", ") + more
  );
}
