import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { type Archive, findArchive } from "./archive/find-archive.ts";
import type { AuditEvent, SignedEvent } from "./event.ts";
import { hideOrigin, hideOriginOpenings } from "./private/hide-origins.ts";
import { openEvent, readOpenings } from "./private/open-events.ts";
import { type SignedEntry, toSignedEntry } from "./private/signed-entry.ts";
import { toSignedEvent } from "./to-signed-event.ts";
import { type EntryFault, findEntryFaults } from "./verify/find-entry-faults.ts";

/** How many entries are read on each side: those of a batch are next to each other. */
const NEAR = 50;

const seqSchema = z.string().regex(/^[1-9][0-9]{0,14}$/);

/** One entry and its links in the chain. */
export type EntryInChain = {
  event: AuditEvent;
  /** The form that was hashed. */
  signed: SignedEntry;
  previous: AuditEvent | null;
  next: AuditEvent | null;
  /** What is wrong with it or its links to its neighbours; empty when nothing is. */
  faults: EntryFault[];
  /** Other entries of its batch, of the nearest 50 on each side, in the trail's order. */
  siblings: AuditEvent[];
  /** Whether there may be siblings further away. */
  hasMoreSiblings: boolean;
};

/**
 * Gets one entry by `seq` or id, with its neighbours, and checks its hashes again. Takes `audit:read`;
 * `origin:read` to see where colleagues acted from.
 *
 * @throws AppError NOT_FOUND
 */
export async function getAuditEvent(actor: Actor, which: string): Promise<EntryInChain> {
  authorize(actor, "audit:read");
  const seq = await findSeq(which);
  // The ledger first: an entry that is added meanwhile is then a next one, and none is reported missing.
  const ledger = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  const rows = await db().auditEvent.findMany({
    where: { seq: { gte: seq - BigInt(NEAR), lte: seq + BigInt(NEAR) } },
    orderBy: { seq: "asc" },
  });
  const around = new Map(rows.map((row) => [Number(row.seq), toSignedEvent(row)]));
  const event = around.get(Number(seq));
  const archive = await findArchive(db());
  if (!event) throw toMissing(seq, archive);
  const previous = around.get(event.seq - 1) ?? null;
  const next = around.get(event.seq + 1) ?? null;
  const end = { seq: Number(ledger.seq), hash: ledger.headHash };
  const archived = archive && { seq: Number(archive.lastSeq), hash: archive.lastHash };
  const { siblings, hasMoreSiblings } = findSiblings(event, [...around.values()]);
  const neighbours = [previous, next].filter((one) => one !== null);
  const values = await readOpenings([event, ...neighbours, ...siblings]);
  const faults = findEntryFaults({ event, previous, next, values, ledger: end, archived });
  const shown = (one: SignedEvent) => hideOrigin(actor, openEvent(one, values));
  return {
    event: shown(event),
    signed: toSignedEntry(event, hideOriginOpenings(actor, event, values)),
    previous: previous && shown(previous),
    next: next && shown(next),
    faults,
    siblings: siblings.map(shown),
    hasMoreSiblings,
  };
}

function toMissing(seq: bigint, archive: Archive | null): AppError {
  const isArchived = archive !== null && seq <= archive.lastSeq;
  const what = isArchived
    ? `Entry ${seq} left the trail into an archive. Ask the operators for its file.`
    : "There is no such entry.";
  return new AppError("NOT_FOUND", what);
}

/**
 * Gets one entry by `seq` or id.
 *
 * @throws AppError NOT_FOUND
 */
export async function requireEntry(which: string): Promise<SignedEvent> {
  const seq = await findSeq(which);
  const row = await db().auditEvent.findUnique({ where: { seq } });
  if (!row) throw toMissing(seq, await findArchive(db()));
  return toSignedEvent(row);
}

async function findSeq(which: string): Promise<bigint> {
  if (seqSchema.safeParse(which).success) return BigInt(which);
  const id = z.uuid().safeParse(which);
  const row =
    id.success &&
    (await db().auditEvent.findUnique({ where: { id: id.data }, select: { seq: true } }));
  if (!row) throw new AppError("NOT_FOUND", "There is no such entry.");
  return row.seq;
}

function findSiblings({ seq, batchId }: SignedEvent, around: readonly SignedEvent[]) {
  const batch = around.filter((other) => batchId !== undefined && other.batchId === batchId);
  const siblings = batch.filter((other) => other.seq !== seq);
  const hasMoreSiblings = siblings.some((sibling) => Math.abs(sibling.seq - seq) === NEAR);
  return { siblings, hasMoreSiblings };
}
