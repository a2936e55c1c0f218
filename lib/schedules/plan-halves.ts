import type { FlagTarget } from "../flags/gate.ts";
import type { NumberRecord } from "../numbers/number-record.ts";

type Change = { phoneNumberId: string; acceptsBsuid: boolean };
type Numbers = ReadonlyMap<string, NumberRecord>;

/** Turning on late may surprise a business; making phone-only late is still wanted. */
const LATE_HOURS_TO_TURN_ON = 24;

/** How late changes may be carried out by default, in hours; null: without limit. */
export function toLateHours(changes: readonly Pick<Change, "acceptsBsuid">[]): number | null {
  return changes.some(({ acceptsBsuid }) => acceptsBsuid) ? LATE_HOURS_TO_TURN_ON : null;
}

/**
 * What a schedule and its end ("on until …") set: each number as it will be by then, with the version that it
 * will have.
 *
 * @param earlier the schedules that are carried out before, in their order
 */
export function planHalves({
  changes,
  numbers,
  earlier,
}: {
  changes: readonly Change[];
  numbers: Numbers;
  earlier: readonly { changes: readonly Change[] }[];
}): { first: FlagTarget[]; second: FlagTarget[] } {
  const opposite = changes.map((change) => ({ ...change, acceptsBsuid: !change.acceptsBsuid }));
  const atFirst = makeChanges(
    numbers,
    earlier.flatMap((schedule) => schedule.changes),
  );
  return {
    first: toTargets(changes, atFirst),
    second: toTargets(opposite, makeChanges(atFirst, changes)),
  };
}

/** The numbers once changes were made: setting what holds changes nothing. */
function makeChanges(numbers: Numbers, changes: readonly Change[]): Map<string, NumberRecord> {
  const changed = new Map(numbers);
  for (const { phoneNumberId, acceptsBsuid } of changes) {
    const number = changed.get(phoneNumberId);
    if (!number || number.acceptsBsuid === acceptsBsuid) continue;
    const flagVersion = number.flagVersion + 1;
    changed.set(phoneNumberId, { ...number, acceptsBsuid, flagVersion });
  }
  return changed;
}

function toTargets(changes: readonly Change[], numbers: Numbers): FlagTarget[] {
  return changes.flatMap(({ phoneNumberId, acceptsBsuid }) => {
    const number = numbers.get(phoneNumberId);
    return number ? [{ number, acceptsBsuid }] : [];
  });
}
