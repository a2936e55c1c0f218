import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import type { AuditEvent, AuditFields } from "../audit/event.ts";
import { openEvents } from "../audit/private/open-events.ts";
import { toSignedEvent } from "../audit/to-signed-event.ts";
import { db } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { readNumberRecords } from "../numbers/number-record.ts";
import { parseInput } from "../parse-input.ts";
import { type LiveState, readLiveState } from "../runtimes/read-live-state.ts";
import { toMissingBatch } from "./missing-batch.ts";
import { readBatchFlips, readMoves } from "./read-flips.ts";

type Named = { email: string | null; name: string | null };

/** One number of a batch. */
export type BatchChange = {
  phoneNumberId: string;
  label: string;
  displayPhoneNumber: string;
  account: { id: string; name: string };
  /** What the batch made of it. */
  acceptsBsuid: boolean;
  revision: number;
  /** Whether it was changed again since, moved or retired: an undo of the batch leaves it. */
  hasMovedOn: boolean;
};

/** Changes that were made together. Times are ISO 8601, UTC. */
export type BatchRecord = {
  batchId: string;
  at: string;
  /** Who made them; of a person who was erased, without name and address. */
  by: AuditEvent["actor"];
  /** Who asked for them, when somebody else approved. */
  onBehalfOf: AuditFields | null;
  channel: AuditEvent["channel"];
  reason: string | null;
  ticketUrl: string | null;
  counts: { turnedOn: number; madePhoneOnly: number; movedOn: number };
  changes: BatchChange[];
  /** How many runtimes have all of it. */
  live: Pick<LiveState, "live" | "total" | "silent">;
  /** The undos of this batch, oldest first. */
  undoneBy: { batchId: string; at: string; by: Named }[];
  /** The batch that this one undid. */
  undoes: string | null;
};

/**
 * Gets a batch: the entries of the trail that were made together, with what became of their numbers since.
 * Takes `desk:read`.
 *
 * @throws AppError NOT_FOUND, also for one whose entries are in an archive; CONFLICT for one that changed no flag
 */
export async function getBatch(actor: Actor, id: string): Promise<BatchRecord> {
  authorize(actor, "desk:read", { tried: id });
  const batchId = parseInput(z.uuid("A batch's id is a UUID."), id);
  const runner = toPrismaRunner(db());
  const flips = await readBatchFlips(runner, batchId);
  const [first] = flips;
  if (!first) throw await toMissingBatch(db(), batchId);
  const ids = flips.map(({ phoneNumberId }) => phoneNumberId);
  const [records, moves, event, undos, live] = await Promise.all([
    readNumberRecords(runner, ids),
    readMoves(runner, flips),
    readEntry({ seq: BigInt(first.seq) }),
    readEntries({ action: "batch.undone", OR: [{ targetId: batchId }, { batchId }] }),
    readLiveState(actor, flips.at(-1)?.revision ?? 0),
  ]);
  const numbers = new Map(records.map((number) => [number.phoneNumberId, number]));
  const changes = flips.flatMap(({ seq, phoneNumberId, acceptsBsuid, revision }): BatchChange[] => {
    const number = numbers.get(phoneNumberId);
    if (!number) return [];
    const { label, displayPhoneNumber, account } = number;
    const isMoved = moves.get(phoneNumberId)?.some((move) => move > seq) ?? false;
    const hasMovedOn = isMoved || number.flagRevision !== revision;
    const shown = { label, displayPhoneNumber, account: { id: account.id, name: account.name } };
    return [{ phoneNumberId, ...shown, acceptsBsuid, revision, hasMovedOn }];
  });
  const turnedOn = changes.filter(({ acceptsBsuid }) => acceptsBsuid).length;
  return {
    batchId,
    at: event.occurredAt,
    by: event.actor,
    onBehalfOf: event.onBehalfOf ?? null,
    channel: event.channel,
    reason: event.reason,
    ticketUrl: event.ticketUrl,
    counts: {
      turnedOn,
      madePhoneOnly: changes.length - turnedOn,
      movedOn: changes.filter(({ hasMovedOn }) => hasMovedOn).length,
    },
    changes,
    live: { live: live.live, total: live.total, silent: live.silent },
    undoneBy: undos
      .filter(({ target }) => target.id === batchId)
      .map(({ batchId: by = "", occurredAt, actor: { email, name } }) => ({
        batchId: by,
        at: occurredAt,
        by: { email, name },
      })),
    undoes: undos.find((undo) => undo.batchId === batchId)?.target.id ?? null,
  };
}

async function readEntry(where: { seq: bigint }): Promise<AuditEvent> {
  const [event] = await readEntries(where);
  if (!event) throw new Error(`Entry ${where.seq} of a batch is gone.`);
  return event;
}

async function readEntries(where: Prisma.AuditEventWhereInput): Promise<AuditEvent[]> {
  const rows = await db().auditEvent.findMany({ where, orderBy: { seq: "asc" } });
  return await openEvents(rows.map(toSignedEvent));
}
