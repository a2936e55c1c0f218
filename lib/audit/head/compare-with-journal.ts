import type { Prisma } from "../../db/generated/client.ts";
import { findArchive } from "../archive/find-archive.ts";
import { findRestores } from "../restore/find-restores.ts";
import { isThinned } from "./kept-heads.ts";
import { hashHead, NO_HEAD, type SignedHead } from "./signed-head.ts";
import { findEndOfChain, readOrigin } from "./stored-head.ts";

type Reader = Prisma.TransactionClient;

/** How the last head of a journal relates to the trail in the database. */
export type Comparison =
  /** The trail continues from that head. */
  | { kind: "agrees" }
  /** The console was killed before it stored the head, and nothing was signed since: store it now. */
  | { kind: "to-store"; head: SignedHead }
  /** The head was not stored, and another console has signed since: it can never be stored. */
  | { kind: "to-take-back"; head: SignedHead }
  /** The trail is a different one, or ends before that head. */
  | { kind: "contradicts"; head: SignedHead; problem: string };

/** @param last the last head of a console's journal; null while the journal is empty */
export async function compareWithJournal(
  reader: Reader,
  last: SignedHead | null,
): Promise<Comparison> {
  if (last === null) return { kind: "agrees" };
  const origin = await readOrigin(reader);
  if (last.origin !== origin) {
    if (await isAcknowledged(reader, last)) return { kind: "agrees" };
    const problem = `This console's last signed head, of entry ${last.seq}, is of another trail (origin ${last.origin}; the database's is ${origin}).`;
    return { kind: "contradicts", head: last, problem };
  }
  if (!(await isInTrail(reader, last))) {
    const problem = `This console signed entry ${last.seq} on ${last.signedAt}, and the trail does not have that entry: it was restored to an earlier state, or rewritten.`;
    return { kind: "contradicts", head: last, problem };
  }
  return await compareChains(reader, last);
}

async function compareChains(reader: Reader, last: SignedHead): Promise<Comparison> {
  const { origin, previous } = last;
  const isStored = await reader.auditHead.count({ where: { headHash: hashHead(last) } });
  if (isStored > 0 || (await isThinned(reader, last))) return { kind: "agrees" };
  const end = await findEndOfChain(reader, origin);
  if ((end?.headHash ?? NO_HEAD) === previous) return { kind: "to-store", head: last };
  const other = await reader.auditHead.count({ where: { origin, previous } });
  if (other > 0) return { kind: "to-take-back", head: last };
  const problem = `This console signed the head of entry ${last.seq} on ${last.signedAt}, and the database has neither that head nor the one before it: heads were removed, or the database was restored to an earlier state.`;
  return { kind: "contradicts", head: last, problem };
}

/** Whether the head's entry is in the trail, unchanged; archived entries are not checked here. */
async function isInTrail(reader: Reader, { seq, hash }: SignedHead): Promise<boolean> {
  if (seq === 0) return true;
  const entry = await reader.auditEvent.findUnique({ where: { seq }, select: { hash: true } });
  if (entry) return entry.hash === hash;
  return seq <= Number((await findArchive(reader))?.lastSeq ?? 0n);
}

/** Whether the owner has acknowledged that the head's entry was lost in a restore. */
async function isAcknowledged(reader: Reader, { origin, seq }: SignedHead): Promise<boolean> {
  const restores = await findRestores(reader);
  return restores.some(({ formerOrigin, lost }) => formerOrigin === origin && lost.lastSeq >= seq);
}
