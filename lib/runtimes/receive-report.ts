import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Prisma } from "../db/generated/client.ts";
import { parseInput } from "../parse-input.ts";
import { claimName } from "./claim-name.ts";
import { type Report, reportSchema } from "./report-schema.ts";

/**
 * Stores a runtime's report: its counts, only once even if it is sent again, and the cursor it has applied.
 * It is a measurement, so it makes no entry and does not wait for flips. Counts for numbers that are not in
 * the roster yet are stored, and show once they are. Takes `report:write`.
 *
 * @returns isNew is false for a sequence that was counted before
 * @throws AppError INVALID_INPUT, or CONFLICT for another token's name; nothing of the report is stored then
 */
export async function receiveReport(actor: Actor, input: unknown): Promise<{ isNew: boolean }> {
  authorize(actor, "report:write");
  const report = parseInput(reportSchema, input);
  const tokenId = actor.type === "service" ? actor.id : null;
  return await db().$transaction(async (tx) => {
    const isNew = await addReceipt(tx, report);
    if (isNew && report.counts.length > 0) await addCounts(tx, report.counts);
    // Locks the instance's row late, so that its reports wait for each other only briefly.
    await upsertInstance(tx, report, tokenId);
    if (tokenId !== null) await claimName(tx, report.instanceId, tokenId);
    await writeState(tx, report, isNew);
    if (tokenId !== null) await forgetRefusals(tx, report.instanceId, tokenId);
    return { isNew };
  }, TIMING);
}

const TIMING = { maxWait: 10_000, timeout: 20_000 };

function toRevision({ appliedCursor }: Report): bigint {
  return BigInt(appliedCursor.slice(0, appliedCursor.indexOf(".")));
}

/** Returns false for a report that was received before; a concurrent duplicate waits here for the first. */
async function addReceipt(tx: Prisma.TransactionClient, report: Report): Promise<boolean> {
  const { instanceId, sequence, appliedAt } = report;
  const added = await tx.$executeRaw`
    INSERT INTO report_receipt (instance_id, sequence, applied_revision, applied_at)
    VALUES (${instanceId}, ${BigInt(sequence)}, ${toRevision(report)}, ${appliedAt}::timestamptz)
    ON CONFLICT DO NOTHING`;
  return added === 1;
}

/** Adds counts in the order of the key, so that two reports of the same numbers cannot deadlock. */
async function addCounts(tx: Prisma.TransactionClient, counts: Report["counts"]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO traffic_count AS t (phone_number_id, hour, phone_less_dropped,
      phone_less_accepted, phone_and_bsuid, legacy, unidentified)
    SELECT * FROM unnest(
      ${counts.map((count) => count.phoneNumberId)}::text[],
      ${counts.map((count) => count.hour)}::timestamptz[],
      ${counts.map((count) => count.phoneLessDropped)}::bigint[],
      ${counts.map((count) => count.phoneLessAccepted)}::bigint[],
      ${counts.map((count) => count.phoneAndBsuid)}::bigint[],
      ${counts.map((count) => count.legacy)}::bigint[],
      ${counts.map((count) => count.unidentified)}::bigint[]
    ) AS c(phone_number_id, hour) ORDER BY c.phone_number_id, c.hour
    ON CONFLICT (phone_number_id, hour) DO UPDATE SET
      phone_less_dropped = t.phone_less_dropped + excluded.phone_less_dropped,
      phone_less_accepted = t.phone_less_accepted + excluded.phone_less_accepted,
      phone_and_bsuid = t.phone_and_bsuid + excluded.phone_and_bsuid,
      legacy = t.legacy + excluded.legacy,
      unidentified = t.unidentified + excluded.unidentified`;
}

/** Inserts or locks the instance's row, before its state is written. A dismissed instance is counted again. */
async function upsertInstance(
  tx: Prisma.TransactionClient,
  report: Report,
  tokenId: string | null,
) {
  const { instanceId, sdk, appliedCursor, appliedAt } = report;
  await tx.$executeRaw`
    INSERT INTO runtime_instance (instance_id, token_id, sdk, applied_cursor, applied_revision,
      applied_at, last_sequence, last_heard_at)
    VALUES (${instanceId}, ${tokenId}::uuid, ${sdk}, ${appliedCursor}, ${toRevision(report)},
      least(${appliedAt}::timestamptz, now()), ${NOT_HEARD}, clock_timestamp())
    ON CONFLICT (instance_id) DO UPDATE
      SET last_heard_at = excluded.last_heard_at, dismissed_at = NULL`;
}

/** Lower than every sequence, so that the first report sets the instance's state. */
const NOT_HEARD = -2n;
/** For a sequence far beyond the clock in milliseconds, after which every other report would seem late for good. */
const NO_ORDER = -1n;
const MAX_AHEAD_MS = 3_600_000;

function toOrder({ sequence }: Report): bigint {
  return sequence > databaseNow().getTime() + MAX_AHEAD_MS ? NO_ORDER : BigInt(sequence);
}

/** A report this long after another cannot be late: no request takes that long. */
const LATE_SECONDS = 30;

/**
 * Writes the instance's state, unless the report is late. Newer is a higher sequence, since clocks step back,
 * or a later time, since a restarted instance may count from zero; not a higher revision, since a restore
 * lowers it. Values far in the future do not block later reports: times count up to now, sequences for a while.
 */
async function writeState(tx: Prisma.TransactionClient, report: Report, isNew: boolean) {
  const { instanceId, sdk, appliedCursor, appliedAt, refusal, closing = false } = report;
  const order = toOrder(report);
  await tx.$executeRaw`
    UPDATE runtime_instance
    SET sdk = ${sdk}, applied_cursor = ${appliedCursor}, applied_revision = ${toRevision(report)},
        applied_at = least(${appliedAt}::timestamptz, now()), last_sequence = ${order},
        state_at = clock_timestamp(), refusal = ${refusal ? JSON.stringify(refusal) : null}::jsonb,
        closed_at = CASE WHEN ${closing} THEN clock_timestamp() END
    WHERE instance_id = ${instanceId}
      AND (last_sequence < ${order} OR ${order} = ${NO_ORDER} OR applied_at < ${appliedAt}::timestamptz
           OR (state_at < clock_timestamp() - make_interval(secs => ${LATE_SECONDS}) AND ${isNew}))`;
}

async function forgetRefusals(tx: Prisma.TransactionClient, instanceId: string, tokenId: string) {
  await tx.$executeRaw`
    DELETE FROM refused_report
    WHERE token_id = ${tokenId}::uuid AND instance_id IN (${instanceId}, '')`;
}
