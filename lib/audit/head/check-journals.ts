import type { Prisma } from "../../db/generated/client.ts";
import type { PublicKey } from "../../ed25519.ts";
import { findArchive } from "../archive/find-archive.ts";
import type { Restore } from "../restore/find-restores.ts";
import type { TrailFault } from "../verify/trail-check.ts";
import { findHeadProblem } from "./find-head-problem.ts";
import { readJournal } from "./head-journal.ts";
import { isThinned } from "./kept-heads.ts";
import { hashHead, type SignedHead } from "./signed-head.ts";
import { findEndOfChain, readOrigin } from "./stored-head.ts";

type Snapshot = Prisma.TransactionClient;

/** A journal that agrees with the trail. */
export type JournalReport = {
  file: string;
  heads: number;
  /** When its first head was signed, before which it shows nothing. Null when it is empty. */
  since: string | null;
};

export type JournalCheck = { fault: TrailFault | null; journals: JournalReport[] };

/** What the heads of a journal are compared with. */
type Trail = {
  snapshot: Snapshot;
  origin: string;
  restores: readonly Restore[];
  archivedThrough: number;
  keys: ReadonlyMap<string, PublicKey>;
};

const HEADS_PER_READ = 1_000;
/** A head this young may be in the journal and not yet in the database. */
const BEING_STORED_MS = 60_000;

/**
 * Compares journals with the trail: each head's signature is valid, its entry is unchanged, and the head
 * is in the database.
 *
 * @throws AppError UNAVAILABLE when a journal cannot be read or is damaged
 */
export async function checkJournals(
  snapshot: Snapshot,
  { files, ...about }: { files: readonly string[] } & Pick<Trail, "keys" | "restores">,
): Promise<JournalCheck> {
  const archivedThrough = Number((await findArchive(snapshot))?.lastSeq ?? 0n);
  const origin = await readOrigin(snapshot);
  const trail = { snapshot, origin, archivedThrough, ...about };
  const journals: JournalReport[] = [];
  for (const file of files) {
    let heads: SignedHead[] = [];
    let [count, since]: [number, string | null] = [0, null];
    const compare = async () => {
      const fault = await findFault(trail, { file, heads });
      count += heads.length;
      heads = [];
      return fault;
    };
    for await (const head of readJournal(file)) {
      since ??= head.signedAt;
      heads.push(head);
      const fault = heads.length < HEADS_PER_READ ? null : await compare();
      if (fault) return { fault, journals };
    }
    const fault = await compare();
    if (fault) return { fault, journals };
    journals.push({ file, heads: count, since });
  }
  return { fault: null, journals };
}

async function findFault(
  trail: Trail,
  { file, heads }: { file: string; heads: readonly SignedHead[] },
): Promise<TrailFault | null> {
  const { snapshot } = trail;
  const seqs = heads.map(({ seq }) => BigInt(seq));
  const headHashes = heads.map(hashHead);
  const entries = await snapshot.auditEvent.findMany({
    where: { seq: { in: seqs } },
    select: { seq: true, hash: true },
  });
  const rows = await snapshot.auditHead.findMany({
    where: { headHash: { in: headHashes } },
    select: { headHash: true },
  });
  const hashes = new Map(entries.map(({ seq, hash }) => [Number(seq), hash]));
  const stored = new Set(rows.map(({ headHash }) => headHash));
  for (const [index, head] of heads.entries()) {
    const isStored = stored.has(headHashes[index] ?? "");
    const problem =
      findEntryProblem(trail, { head, hash: hashes.get(head.seq) ?? null }) ??
      (isStored ? null : await findMissingProblem(trail, head));
    if (problem) return { seq: head.seq, problem: `${problem} The journal ${file} has that head.` };
  }
  return null;
}

function findEntryProblem(
  { restores, archivedThrough, keys }: Trail,
  { head, hash }: { head: SignedHead; hash: string | null },
): string | null {
  const { seq, origin, signedAt } = head;
  const isLost = restores.some(
    ({ formerOrigin, lost }) =>
      formerOrigin === origin && seq >= lost.firstSeq && seq <= lost.lastSeq,
  );
  const isElsewhere = isLost || seq === 0 || (hash === null && seq <= archivedThrough);
  if (hash === null && !isElsewhere) {
    return `Entry ${seq} is missing: it was signed on ${signedAt}.`;
  }
  return findHeadProblem(head, { hash: isElsewhere ? head.hash : (hash ?? ""), keys });
}

/** Heads of a former origin are not looked for: a restored database need not have all of them. */
async function findMissingProblem(
  { snapshot, origin }: Trail,
  head: SignedHead,
): Promise<string | null> {
  if (head.origin !== origin || (await isThinned(snapshot, head))) return null;
  const end = await findEndOfChain(snapshot, origin);
  const isNext = end === null || end.headHash === head.previous;
  const isBeingStored = isNext && Date.now() - Date.parse(head.signedAt) < BEING_STORED_MS;
  if (isBeingStored) return null;
  return `The head of entry ${head.seq}, signed on ${head.signedAt}, is not in the database: it was removed, or its console was killed at that moment and did not start since.`;
}
