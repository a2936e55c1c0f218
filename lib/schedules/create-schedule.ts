import { z } from "zod";
import type { Actor, PersonActor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema, ticketUrlSchema } from "../audit/reason.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { AppError, UnprocessableError } from "../errors.ts";
import { decideChanges, type GateDecision } from "../flags/gate.ts";
import { openRequest } from "../flags/pending/open-request.ts";
import type { RequestWithWishes } from "../flags/pending/request-record.ts";
import { readGateView } from "../flags/read-gate-view.ts";
import { RefusedChanges, requireAllChange } from "../flags/refused-changes.ts";
import { setFlagsSchema } from "../flags/set-flags.ts";
import { parseInput } from "../parse-input.ts";
import { timeZoneSchema } from "../time-zone.ts";
import { addSchedule } from "./add-schedule.ts";
import { localTimeSchema, toInstant } from "./local-time.ts";
import { makeRoom } from "./make-room.ts";
import { planHalves, toLateHours } from "./plan-halves.ts";
import { readWaiting } from "./read-waiting.ts";
import { requireUpcoming, requireWithinBounds } from "./schedule-bounds.ts";
import {
  SCHEDULE_RECORD_INCLUDE,
  type ScheduleRecord,
  toScheduleRecord,
} from "./schedule-record.ts";

const TIMEOUT_SECONDS = 20;

export const createScheduleSchema = z.strictObject({
  changes: setFlagsSchema.shape.changes,
  localTime: localTimeSchema,
  zone: timeZoneSchema,
  ambiguous: z
    .enum(["earlier", "later"], { error: "ambiguous must be earlier or later." })
    .optional()
    .meta({ description: "Which one, of a time that exists twice since the clocks go back." }),
  lateHours: z
    .int("lateHours must be a whole number, or null.")
    .min(0, "lateHours must be at least 0.")
    .max(8_760, "lateHours must be at most 8,760, a year.")
    .nullish()
    .meta({
      description:
        "How many hours late it may still be carried out; null: without limit. Default: 24 to turn on, null to make phone-only.",
    }),
  until: localTimeSchema.optional().meta({
    description: "When it is taken back, in the zone: stored at once as a schedule of its own.",
  }),
  isBound: z
    .boolean({ error: "isBound must be true or false." })
    .optional()
    .meta({ description: "False: sets the flags whatever happened to the numbers meanwhile." }),
  onWaiting: z
    .enum(["follow", "replace"], { error: "onWaiting must be follow or replace." })
    .optional()
    .meta({
      description: "What to do about a schedule that waits for one of the numbers already.",
    }),
  reason: reasonSchema,
  ticketUrl: ticketUrlSchema.nullish(),
});

export type CreateScheduleInput = z.input<typeof createScheduleSchema>;
type Parsed = z.output<typeof createScheduleSchema>;

/** What was made: a schedule, or a request where an account needs two people. */
export type CreatedSchedule =
  | { schedule: ScheduleRecord; request: null }
  | { schedule: null; request: RequestWithWishes };

/**
 * Schedules changes of flags for a wall time in a zone. Where an account needs two people, one request for
 * that time is opened instead. Takes `schedule:create`.
 *
 * @throws AppError FORBIDDEN, INVALID_INPUT, RATE_LIMITED; CONFLICT when another schedule waits for one of
 *   the numbers and `onWaiting` is not given
 * @throws RefusedLocalTime, UnprocessableError for a time that does not exist, exists twice or has passed
 * @throws UnprocessableError naming each number that a request would leave as it is
 * @throws RefusedChanges naming each unknown, retired, repeated or stale number
 */
export async function createSchedule(
  actor: Actor,
  input: CreateScheduleInput,
): Promise<CreatedSchedule> {
  authorize(actor, "schedule:create");
  const parsed = parseInput(createScheduleSchema, input);
  const { localTime, zone, ambiguous, until } = parsed;
  const at = toInstant({ localTime, zone, ambiguous });
  const endsAt =
    until === undefined ? null : toInstant({ localTime: until, zone, ambiguous }, "until");
  if (endsAt && endsAt <= at) throw refuse("until", "It has to end after it begins.");
  if (actor.type !== "person") {
    throw new AppError("FORBIDDEN", "A schedule runs in a person's name: let a person make it.");
  }
  return await inAuditedTransaction(
    actor,
    (tx) => createUnderLock(tx, { author: actor, parsed, at, endsAt }),
    { timeoutSeconds: TIMEOUT_SECONDS },
  );
}

type Wanted = { author: PersonActor; parsed: Parsed; at: Date; endsAt: Date | null };

async function createUnderLock(tx: AuditedTransaction, wanted: Wanted): Promise<CreatedSchedule> {
  const { author, parsed, at, endsAt } = wanted;
  requireUpcoming(at, { now: tx.now, path: "localTime" });
  if (endsAt) requireUpcoming(endsAt, { now: tx.now, path: "until" });
  const ids = parsed.changes.map(({ phoneNumberId }) => phoneNumberId);
  const view = await readGateView(toPrismaRunner(tx.db), ids);
  const decision = decideChanges(parsed.changes, { ...view, door: "direct" });
  if (decision.refusals.length > 0) throw new RefusedChanges(decision.refusals);
  if (decision.needApproval.length > 0) {
    requireAllChange(decision.unchanged, ids);
    return { schedule: null, request: await askInstead(tx, wanted, decision) };
  }
  const waiting = await readWaiting(tx, ids);
  const previous = await makeRoom(tx, {
    at,
    phoneNumberIds: ids,
    onWaiting: parsed.onWaiting,
    waiting,
  });
  // What it replaces waits no more.
  await requireWithinBounds(tx, { personId: author.id, numbers: ids.length });
  const halves = planHalves({
    changes: parsed.changes,
    numbers: view.numbers,
    earlier: previous ? waiting : [],
  });
  const { zone, reason, localTime, until, lateHours, isBound = true } = parsed;
  const shared = { isBound, reason, ticketUrl: parsed.ticketUrl ?? null };
  const id = await addSchedule(tx, {
    ...shared,
    targets: halves.first,
    time: {
      at,
      localTime,
      zone,
      lateHours: lateHours === undefined ? toLateHours(parsed.changes) : lateHours,
    },
    afterId: isBound ? (previous?.id ?? null) : null,
  });
  if (endsAt && until !== undefined) {
    await addSchedule(tx, {
      ...shared,
      targets: halves.second,
      time: { at: endsAt, localTime: until, zone, lateHours: toLateHours(halves.second) },
      afterId: id,
      isSecondHalf: true,
    });
  }
  const row = await tx.db.schedule.findUniqueOrThrow({
    where: { id },
    include: SCHEDULE_RECORD_INCLUDE,
  });
  return { schedule: toScheduleRecord(row), request: null };
}

/** Opens one request for all of it, to be carried out at that time once somebody else approved. */
async function askInstead(
  tx: AuditedTransaction,
  { parsed, at, endsAt }: Wanted,
  { passed, needApproval }: GateDecision,
): Promise<RequestWithWishes> {
  const [first] = needApproval;
  if (endsAt) {
    const name = first?.number.account.name;
    throw refuse("until", `${name} needs two people for a change. Ask for the end separately.`);
  }
  const { localTime, zone, lateHours, reason, ticketUrl } = parsed;
  const targets = [...passed, ...needApproval];
  const time = {
    at,
    localTime,
    zone,
    lateHours: lateHours === undefined ? toLateHours(targets) : lateHours,
  };
  return await openRequest(tx, { targets, reason, ticketUrl, time });
}

function refuse(path: string, message: string): UnprocessableError {
  return new UnprocessableError(message, [{ path, message }]);
}
