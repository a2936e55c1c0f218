import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema, ticketUrlSchema } from "../audit/reason.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { parseInput } from "../parse-input.ts";
import { type FlagTarget, planFlips } from "./change-flags.ts";
import { toCursor } from "./cursor.ts";
import { refreshRunningFeed } from "./flag-feed.ts";
import { FlipQueue } from "./flip-queue.ts";
import { type Refusal, RefusedChanges } from "./refused-changes.ts";

/** The most numbers one call may name. */
export const MAX_CHANGES = 10_000;
/** For more changes than this, each statement may take longer. */
const MANY_CHANGES = 500;
const MANY_TIMEOUT_SECONDS = 20;

export const setFlagsSchema = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        phoneNumberId: phoneNumberIdSchema,
        acceptsBsuid: z.boolean({ error: "acceptsBsuid must be true or false." }),
        /** The flagVersion that the client saw; refused as stale if it has changed. */
        expectedVersion: z.int().min(0).optional(),
      }),
    )
    .min(1, "Name at least one change.")
    .max(MAX_CHANGES, "At most 10,000 changes at once."),
  reason: reasonSchema,
  ticketUrl: ticketUrlSchema.nullish(),
  /** Returns what would change, and changes nothing. */
  dryRun: z.boolean().optional(),
});

export type SetFlagsInput = z.input<typeof setFlagsSchema>;
type Change = z.output<typeof setFlagsSchema>["changes"][number];

/** The numbers after the call, or with `dryRun` as they would be, in the order of the request. */
export type SetFlagsResult = {
  changed: NumberRecord[];
  unchanged: NumberRecord[];
  cursor: string;
};

/** Waits for this instance's feed, so that a read right after the response sees the change. */
const FEED_TIMEOUT_MS = 500;

const queue = new FlipQueue<SetFlagsResult>();

/**
 * Sets BSUID acceptance of one or many numbers, all or nothing, for a reason. Setting a flag to the
 * value it has changes and records nothing, so a retry is harmless.
 *
 * @throws AppError FORBIDDEN, INVALID_INPUT, or UNAUTHENTICATED when access ended meanwhile
 * @throws RefusedChanges naming each unknown, retired, repeated or stale number
 */
export async function setFlags(actor: Actor, input: SetFlagsInput): Promise<SetFlagsResult> {
  authorize(actor, "flag:set", { tried: toTried(input) });
  const { changes, reason, ticketUrl, dryRun } = parseInput(setFlagsSchema, input);
  const result = await queue.apply({
    actor,
    phoneNumberIds: changes.map((change) => change.phoneNumberId),
    // Runs in a transaction that holds the ledger, after checking that the actor's access has not ended.
    decide: (ledger, numbers, values) => {
      const { pending, unchanged } = divide(toTargets(numbers, changes));
      if (dryRun) {
        const changed = pending.map(({ number, acceptsBsuid }) => ({ ...number, acceptsBsuid }));
        return { flips: null, result: { changed, unchanged, cursor: toCursor(ledger.head) } };
      }
      const batch = pending.length > 1 ? { batchId: uuidv7() } : {};
      const why = { reason, ticketUrl: ticketUrl ?? null, ...batch };
      const flips = planFlips(ledger, { actor, targets: pending, why, values });
      const cursor = toCursor(ledger.head);
      return { flips, result: { changed: flips.numbers, unchanged, cursor } };
    },
    timeoutSeconds: changes.length > MANY_CHANGES ? MANY_TIMEOUT_SECONDS : undefined,
  });
  if (result.changed.length > 0 && !dryRun) await refreshRunningFeed(FEED_TIMEOUT_MS);
  return result;
}

/** The number's id, if there is just one change. The input is not validated yet. */
function toTried({ changes }: { changes?: SetFlagsInput["changes"] }): unknown {
  return changes?.length === 1 ? changes[0]?.phoneNumberId : undefined;
}

function divide(targets: readonly FlagTarget[]) {
  const isPending = (target: FlagTarget) => target.number.acceptsBsuid !== target.acceptsBsuid;
  const unchanged = targets.filter((target) => !isPending(target)).map(({ number }) => number);
  return { pending: targets.filter(isPending), unchanged };
}

function toTargets(
  numbers: ReadonlyMap<string, NumberRecord>,
  changes: readonly Change[],
): FlagTarget[] {
  const seen = new Set<string>();
  const refusals: Refusal[] = [];
  const targets: FlagTarget[] = [];
  for (const [index, { phoneNumberId, acceptsBsuid, expectedVersion }] of changes.entries()) {
    const number = numbers.get(phoneNumberId);
    const at = { index, phoneNumberId };
    if (seen.has(phoneNumberId)) refusals.push({ why: "repeated", ...at });
    else if (!number) refusals.push({ why: "unknown", ...at });
    else if (number.retiredAt) refusals.push({ why: "retired", ...at, current: number });
    else if (expectedVersion !== undefined && expectedVersion !== number.flagVersion)
      refusals.push({ why: "stale", ...at, current: number });
    else targets.push({ number, acceptsBsuid });
    seen.add(phoneNumberId);
  }
  if (refusals.length > 0) throw new RefusedChanges(refusals);
  return targets;
}
