import type { Actor } from "../../access/actor.ts";
import { AppError } from "../../errors.ts";
import { getNumber } from "../../numbers/get-number.ts";
import type { NumberRecord } from "../../numbers/number-record.ts";
import { readIfMatch } from "./etag.ts";

const VERSION = /^v(0|[1-9][0-9]{0,14})$/;

/** The entity tag of a number, without quotes: its flag's version. */
export function toNumberEtag(number: Pick<NumberRecord, "flagVersion">): string {
  return `v${number.flagVersion}`;
}

/**
 * The flag version that `If-Match` expects; the verb compares it under its lock.
 *
 * @returns undefined when any version will do
 * @throws AppError PRECONDITION_FAILED when no tag can match, NOT_FOUND, INVALID_INPUT
 */
export async function readExpectedVersion(
  actor: Actor,
  request: Request,
  phoneNumberId: string,
): Promise<number | undefined> {
  const tags = readIfMatch(request);
  if (tags === null) return undefined;
  const versions = tags.flatMap((tag) => VERSION.exec(tag)?.[1] ?? []).map(Number);
  const { flagVersion } = await getNumber(actor, phoneNumberId);
  if (versions.includes(flagVersion)) return flagVersion;
  throw new AppError(
    "PRECONDITION_FAILED",
    `The number is at "v${flagVersion}", which If-Match does not name. Look at it again before you decide.`,
  );
}
