import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema, ticketUrlSchema } from "../audit/reason.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { parseInput } from "../parse-input.ts";
import { planFlips, type Why } from "./change-flags.ts";
import { toLimits } from "./change-limits.ts";
import {
  type ChangedOrRequested,
  changeOrRequest,
  divide,
  type TwoPeople,
} from "./change-or-request.ts";
import { toCursor } from "./cursor.ts";
import { refreshRunningFeed } from "./flag-feed.ts";
import { FlipQueue } from "./flip-queue.ts";
import { decideChanges, type FlagTarget, type GateDecision, type GateView } from "./gate.ts";
import { MAX_CHANGES } from "./max-changes.ts";
import { readGateView } from "./read-gate-view.ts";
import { RefusedChanges } from "./refused-changes.ts";

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

/** The numbers after the call, or with `dryRun` as they would be, in the order of the call; that opens no request. */
export type SetFlagsResult = ChangedOrRequested & {
  unchanged: NumberRecord[];
  cursor: string;
};

const queue = new FlipQueue<SetFlagsResult | null>();

/**
 * Sets BSUID acceptance of one or many numbers, all or nothing, for a reason. Setting a flag to the
 * value it has changes and records nothing, so a retry is harmless. Where an account needs two people,
 * nothing of the call is changed by default, and one request is opened for all of it.
 *
 * @throws AppError FORBIDDEN, INVALID_INPUT, or UNAUTHENTICATED when access ended meanwhile; CONFLICT where
 *   two people are needed and `twoPeople` is `refuse`; RATE_LIMITED when the actor has too many requests
 * @throws RefusedChanges naming each unknown, retired, repeated or stale number
 */
export async function setFlags(
  actor: Actor,
  input: SetFlagsInput,
  { twoPeople = "request" }: { twoPeople?: TwoPeople } = {},
): Promise<SetFlagsResult> {
  authorize(actor, "flag:set", { tried: toTried(input) });
  const parsed = parseInput(setFlagsSchema, input);
  const { changes, dryRun } = parsed;
  const done = await queue.apply({
    actor,
    phoneNumberIds: changes.map((change) => change.phoneNumberId),
    // Runs in a transaction that holds the ledger, after checking that the actor's access has not ended.
    decide: (ledger, { gate, pending, values }) => {
      const { passed, needApproval, unchanged } = passGate(parsed, gate, twoPeople);
      if (dryRun) {
        const result = {
          changed: passed.map(({ number, acceptsBsuid }) => ({ ...number, acceptsBsuid })),
          unchanged,
          needApproval: needApproval.map(({ number }) => number),
          request: null,
          cursor: toCursor(ledger.head),
        };
        return { flips: null, result };
      }
      // Opening a request reads more: it takes a transaction of its own.
      if (needApproval.length > 0) return { flips: null, result: null };
      const flips = planFlips(ledger, {
        actor,
        changes: passed,
        why: toWhy(parsed, passed),
        values,
        pending,
      });
      const cursor = toCursor(ledger.head);
      return {
        flips,
        result: { changed: flips.numbers, unchanged, needApproval: [], request: null, cursor },
      };
    },
    ...toLimits(changes.length),
  });
  const result = done ?? (await changeOrRequestAlone(actor, parsed, twoPeople));
  if (result.changed.length > 0 && !dryRun) await refreshRunningFeed();
  return result;
}

type Parsed = z.output<typeof setFlagsSchema>;

async function changeOrRequestAlone(
  actor: Actor,
  parsed: Parsed,
  twoPeople: TwoPeople,
): Promise<SetFlagsResult> {
  const { changes } = parsed;
  const ids = changes.map(({ phoneNumberId }) => phoneNumberId);
  return await inAuditedTransaction(
    actor,
    async (tx) => {
      const gate = await readGateView(toPrismaRunner(tx.db), ids);
      const decision = passGate(parsed, gate, twoPeople);
      const why = toWhy(parsed, decision.passed);
      const done = await changeOrRequest(tx, decision, { ...why, twoPeople });
      return { ...done, unchanged: decision.unchanged, cursor: toCursor(tx.head) };
    },
    toLimits(changes.length),
  );
}

function passGate({ changes }: Parsed, view: GateView, twoPeople: TwoPeople): GateDecision {
  const decision = decideChanges(changes, { ...view, door: "direct" });
  if (decision.refusals.length > 0) throw new RefusedChanges(decision.refusals);
  return { ...decision, ...divide(decision, twoPeople) };
}

function toWhy({ reason, ticketUrl }: Parsed, changes: readonly FlagTarget[]): Why {
  const batch = changes.length > 1 ? { batchId: uuidv7() } : {};
  return { reason, ticketUrl: ticketUrl ?? null, ...batch };
}

/** The number's id, if there is just one change. The input is not validated yet. */
function toTried({ changes }: { changes?: SetFlagsInput["changes"] }): unknown {
  return changes?.length === 1 ? changes[0]?.phoneNumberId : undefined;
}
