import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { withOwnQueryLimit } from "../db/query-limit.ts";
import type { AuditEvent } from "./event.ts";
import { toAuditEvent } from "./to-audit-event.ts";
import { type ChainFault, verifyChain } from "./verify-chain.ts";

export type TrailReport =
  | { isWhole: true; events: number; revision: number; hash: string }
  | ({ isWhole: false } & ChainFault);

const EVENTS_A_READ = 2_000;
const LONGEST_READ_MS = 3_600_000;

/**
 * Verifies the trail in the database, as of one moment: the chain, the ledger at its end, and
 * that replaying the flag events gives the flag table. Takes `audit:read`.
 */
export async function verifyTrail(actor: Actor): Promise<TrailReport> {
  authorize(actor, "audit:read");
  return await withOwnQueryLimit((limit) =>
    db().$transaction(
      async (snapshot) => {
        limit.milliseconds = LONGEST_READ_MS;
        const replayed = new Map<string, boolean>();
        const { end, fault } = await verifyChain(readEvents(snapshot), (event) => {
          if (event.revision !== null)
            replayed.set(event.target.id, event.after?.acceptsBsuid === true);
        });
        if (fault) return { isWhole: false, ...fault };
        const problem =
          (await compareLedger(snapshot, end)) ?? (await compareFlags(snapshot, replayed));
        if (problem) return { isWhole: false, seq: end.seq, problem };
        return { isWhole: true, events: end.seq, revision: end.revision, hash: end.hash };
      },
      {
        isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
        timeout: LONGEST_READ_MS,
      },
    ),
  );
}

async function* readEvents(snapshot: Prisma.TransactionClient): AsyncGenerator<AuditEvent> {
  let seq = 0n;
  while (true) {
    const rows = await snapshot.auditEvent.findMany({
      where: { seq: { gt: seq } },
      orderBy: { seq: "asc" },
      take: EVENTS_A_READ,
    });
    for (const row of rows) yield toAuditEvent(row);
    const last = rows.at(-1);
    if (!last) return;
    seq = last.seq;
  }
}

async function compareLedger(
  snapshot: Prisma.TransactionClient,
  end: { seq: number; hash: string; revision: number },
): Promise<string | null> {
  const ledger = await snapshot.ledger.findUniqueOrThrow({ where: { id: 1 } });
  const agrees =
    Number(ledger.seq) === end.seq &&
    Number(ledger.revision) === end.revision &&
    ledger.headHash === end.hash;
  if (agrees) return null;
  return `The ledger says that entry ${ledger.seq} is the last, and the trail ends at ${end.seq}: entries were removed, or the ledger was moved.`;
}

async function compareFlags(
  snapshot: Prisma.TransactionClient,
  replayed: ReadonlyMap<string, boolean>,
): Promise<string | null> {
  const rows = await snapshot.number.findMany({
    where: { acceptsBsuid: true },
    select: { phoneNumberId: true },
  });
  const accepting = new Set(rows.map(({ phoneNumberId }) => phoneNumberId));
  for (const [id, accepts] of replayed) {
    if (accepts && !accepting.has(id)) return flipped(id, "phone-only", "accepting");
  }
  for (const id of accepting) {
    if (!replayed.get(id)) return flipped(id, "accepting", "phone-only");
  }
  return null;
}

function flipped(id: string, is: string, shouldBe: string): string {
  return `Number ${id} is ${is}, and the trail says ${shouldBe}: its flag was changed by hand.`;
}
