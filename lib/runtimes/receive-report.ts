import type { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { parseInput } from "../parse-input.ts";
import { type Report, reportSchema } from "./report-schema.ts";

/**
 * Takes a runtime's report: what it counted, once however often it is sent, and what it has
 * applied. A measurement: it is not in the trail, and waits for no flip. Counts of numbers that
 * the roster does not know yet are kept, and are told once it does. Takes `report:write`.
 *
 * @returns isNew: false for a sequence that was counted before
 * @throws AppError INVALID_INPUT, and nothing of the report is kept
 */
export async function receiveReport(
  actor: Actor,
  input: z.input<typeof reportSchema>,
): Promise<{ isNew: boolean }> {
  authorize(actor, "report:write");
  const report = parseInput(reportSchema, input);
  return await db().$transaction(async (tx) => {
    const isNew = await addReceipt(tx, report);
    if (isNew && report.counts.length > 0) await addCounts(tx, report.counts);
    await noteInstance(tx, report, actor.type === "service" ? actor.id : null);
    return { isNew };
  }, TIMING);
}

const TIMING = { maxWait: 10_000, timeout: 20_000 };

function toRevision({ appliedCursor }: Report): bigint {
  return BigInt(appliedCursor.slice(0, appliedCursor.indexOf(".")));
}

/** The same report at the same moment waits here for the first one, and then is not new. */
async function addReceipt(tx: Prisma.TransactionClient, report: Report): Promise<boolean> {
  const { instanceId, sequence, appliedAt } = report;
  const added = await tx.$executeRaw`
    INSERT INTO report_receipt (instance_id, sequence, applied_revision, applied_at)
    VALUES (${instanceId}, ${BigInt(sequence)}, ${toRevision(report)}, ${appliedAt}::timestamptz)
    ON CONFLICT DO NOTHING`;
  return added === 1;
}

/** In the order of the key, so that two reports of the same numbers cannot wait for each other. */
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

/**
 * A late report says that the instance lives, and nothing of what it holds now. Newer is the
 * higher sequence, since clocks step back; or the later time, since a restarted instance may
 * count from the start. The revision does not tell: a restored database takes it back.
 */
async function noteInstance(
  tx: Prisma.TransactionClient,
  report: Report,
  tokenId: string | null,
): Promise<void> {
  const { instanceId, sdk, appliedCursor, appliedAt } = report;
  const sequence = BigInt(report.sequence);
  await tx.$executeRaw`
    INSERT INTO runtime_instance (instance_id, token_id, sdk, applied_cursor, applied_revision,
      applied_at, last_sequence, last_heard_at)
    VALUES (${instanceId}, ${tokenId}::uuid, ${sdk}, ${appliedCursor}, ${toRevision(report)},
      ${appliedAt}::timestamptz, ${sequence}, clock_timestamp())
    ON CONFLICT (instance_id) DO UPDATE SET last_heard_at = excluded.last_heard_at`;
  await tx.$executeRaw`
    UPDATE runtime_instance
    SET token_id = ${tokenId}::uuid, sdk = ${sdk}, applied_cursor = ${appliedCursor},
        applied_revision = ${toRevision(report)}, applied_at = ${appliedAt}::timestamptz,
        last_sequence = greatest(last_sequence, ${sequence})
    WHERE instance_id = ${instanceId}
      AND (last_sequence < ${sequence} OR applied_at < ${appliedAt}::timestamptz)`;
}
