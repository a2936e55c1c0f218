import type { AuditHead, Prisma } from "../../db/generated/client.ts";
import type { TrailFault } from "../verify/trail-check.ts";
import { areThinned } from "./kept-heads.ts";
import { hashHead, NO_HEAD } from "./signed-head.ts";
import { toSignedHead } from "./stored-head.ts";

type Snapshot = Prisma.TransactionClient;

const HEADS_PER_READ = 5_000;

/**
 * Checks that the stored heads of each origin form a chain: each has the hash of the one before, so that
 * none can be missing. Gaps are allowed where `thinHeads` keeps only the last head of a day.
 */
export async function findChainFault(snapshot: Snapshot): Promise<TrailFault | null> {
  const origins = await snapshot.auditOrigin.findMany({ orderBy: { sinceSeq: "asc" } });
  for (const { origin } of origins) {
    const fault = await followHeads(snapshot, origin);
    if (fault) return fault;
  }
  const listed = origins.map(({ origin }) => origin);
  const stray = await snapshot.auditHead.findFirst({ where: { origin: { notIn: listed } } });
  if (!stray) return null;
  const seq = Number(stray.seq);
  return { seq, problem: `The head of entry ${seq} is of another trail (origin ${stray.origin}).` };
}

async function followHeads(snapshot: Snapshot, origin: string): Promise<TrailFault | null> {
  let end = { place: 0n, headHash: NO_HEAD };
  for (;;) {
    const heads = await snapshot.auditHead.findMany({
      where: { origin, place: { gt: end.place } },
      orderBy: { place: "asc" },
      take: HEADS_PER_READ,
    });
    if (heads.length === 0) return null;
    for (const head of heads) {
      const problem = findProblem(end, head);
      if (problem) return { seq: Number(head.seq), problem };
      end = head;
    }
  }
}

function findProblem(
  before: Pick<AuditHead, "place" | "headHash">,
  head: AuditHead,
): string | null {
  const name = `The head of entry ${head.seq} of ${head.signedAt.toISOString()}`;
  if (hashHead(toSignedHead(head)) !== head.headHash) {
    return `${name} was edited: its content does not give its hash.`;
  }
  if (head.place > before.place + 1n && areThinned(head.signedAt)) return null;
  if (head.place !== before.place + 1n) {
    return `${name} is number ${head.place} of its chain, and comes after number ${before.place}: heads were removed.`;
  }
  if (head.previous === before.headHash) return null;
  return `${name} does not follow the head before it: one of them was removed or replaced.`;
}
