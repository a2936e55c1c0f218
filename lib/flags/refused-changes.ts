import { UnprocessableError } from "../errors.ts";
import type { NumberRecord } from "../numbers/number-record.ts";

/** Why one change of a request cannot be made. */
export type Refusal =
  | { why: "unknown" | "repeated"; index: number; phoneNumberId: string }
  | {
      why: "retired" | "stale" | "off-only";
      index: number;
      phoneNumberId: string;
      current: NumberRecord;
    };

/** A well-formed request with changes that cannot be made; nothing was changed. */
export class RefusedChanges extends UnprocessableError {
  override name = "RefusedChanges";
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    const issues = refusals.map((refusal) => ({
      path: `changes[${refusal.index}].phoneNumberId`,
      message: explain(refusal),
    }));
    const summary = `Nothing was changed: ${issues.length} of the changes cannot be made. Correct or remove them and send the rest again.`;
    super(summary, issues);
    this.refusals = refusals;
  }
}

/**
 * Checks that each number of a request is to change: it is bound to all that it names.
 *
 * @param unchanged those that are already as wanted
 * @param phoneNumberIds of the changes, in their order
 * @throws UnprocessableError naming each number that is not to change
 */
export function requireAllChange(
  unchanged: readonly NumberRecord[],
  phoneNumberIds: readonly string[],
): void {
  if (unchanged.length === 0) return;
  const indexes = new Map(phoneNumberIds.map((id, index) => [id, index]));
  const issues = unchanged.map(({ phoneNumberId, acceptsBsuid }) => ({
    path: `changes[${indexes.get(phoneNumberId)}].phoneNumberId`,
    message: `${phoneNumberId} is ${acceptsBsuid ? "accepting" : "phone-only"} already.`,
  }));
  throw new UnprocessableError("Some of the numbers are already as asked for.", issues);
}

/** One refusal as a sentence. */
export function explain(refusal: Refusal): string {
  const { phoneNumberId } = refusal;
  switch (refusal.why) {
    case "unknown":
      return `No number has the phone_number_id ${phoneNumberId}.`;
    case "repeated":
      return `${phoneNumberId} is named more than once.`;
    case "retired":
      return `${phoneNumberId} is retired, and a retired number stays phone-only.`;
    case "stale":
      return `${phoneNumberId} was changed meanwhile (it is now v${refusal.current.flagVersion}). Look at it again before you decide.`;
    case "off-only":
      return `${phoneNumberId} can only be made phone-only here.`;
  }
}
