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
        const replayed = new Map<string, ReplayedFlag>();
        const { end, fault } = await verifyChain(readEvents(snapshot), (event) => {
          if (event.revision === null) return;
          replayed.set(event.target.id, {
            accepts: event.after?.acceptsBsuid === true,
            version: (replayed.get(event.target.id)?.version ?? 0) + 1,
            revision: event.revision,
          });
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

/** A number's flag as the trail tells it: its value, how often it changed, and when last. */
type ReplayedFlag = { accepts: boolean; version: number; revision: number };

async function compareFlags(
  snapshot: Prisma.TransactionClient,
  replayed: ReadonlyMap<string, ReplayedFlag>,
): Promise<string | null> {
  const rows = await snapshot.number.findMany({
    where: {
      OR: [{ acceptsBsuid: true }, { flagVersion: { gt: 0 } }, { flagRevision: { gt: 0 } }],
    },
    select: { phoneNumberId: true, acceptsBsuid: true, flagVersion: true, flagRevision: true },
  });
  const stored = new Map(rows.map((row) => [row.phoneNumberId, row]));
  for (const id of new Set([...replayed.keys(), ...stored.keys()])) {
    const is = toWords(stored.get(id));
    const told = replayed.get(id);
    const shouldBe = toWords(
      told && {
        acceptsBsuid: told.accepts,
        flagVersion: told.version,
        flagRevision: told.revision,
      },
    );
    if (is !== shouldBe) {
      return `Number ${id} is ${is}, and the trail says ${shouldBe}: its flag was changed by hand.`;
    }
  }
  return null;
}

type FlagColumns = { acceptsBsuid: boolean; flagVersion: number; flagRevision: bigint | number };

function toWords(flag: FlagColumns | undefined): string {
  if (!flag) return "phone-only, never changed";
  const state = flag.acceptsBsuid ? "accepting" : "phone-only";
  return `${state}, changed ${flag.flagVersion} times, last in revision ${flag.flagRevision}`;
}
