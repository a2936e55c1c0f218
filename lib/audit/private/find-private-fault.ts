import { Prisma } from "../../db/generated/client.ts";
import { toSignedEvent } from "../to-signed-event.ts";
import { isOpening } from "../verify/entry-form.ts";
import type { TrailFault } from "../verify/trail-check.ts";
import { hashOpening } from "./commitment.ts";
import { digestCommitments, type Erasure, toErasure } from "./erasure.ts";

const ROWS_A_READ = 2_000;

type Erased = { commitment: string; personId: string | null };

/**
 * Whether each private value that is there gives its commitment, each that is not was erased, and
 * each erasure is of the values that its entry tells of.
 *
 * @param archived erasures whose entries left the trail
 */
export async function findPrivateFault(
  snapshot: Prisma.TransactionClient,
  archived: readonly Erasure[],
): Promise<TrailFault | null> {
  const erased = new Map<number, Erased[]>();
  for (let after = ""; ; ) {
    const rows = await snapshot.privateValue.findMany({
      where: { commitment: { gt: after } },
      orderBy: { commitment: "asc" },
      take: ROWS_A_READ,
    });
    for (const { commitment, personId, salt, value, erasedBy } of rows) {
      if (salt !== null && value !== null) {
        const opening = { salt, value };
        if (isOpening(opening) && hashOpening(opening) === commitment) continue;
        return await toFault(snapshot, commitment, "is another than the entry commits to");
      }
      if (erasedBy === null) return await toFault(snapshot, commitment, "vanished");
      const group = erased.get(Number(erasedBy)) ?? [];
      group.push({ commitment, personId });
      erased.set(Number(erasedBy), group);
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.commitment;
  }
  return await compareErasures(snapshot, {
    erased,
    erasures: [...archived, ...(await readErasures(snapshot))],
  });
}

/** The erasures that entries of the trail tell of, oldest first. */
async function readErasures(
  reader: Pick<Prisma.TransactionClient, "auditEvent">,
): Promise<Erasure[]> {
  const rows = await reader.auditEvent.findMany({
    where: { action: "person.erased", outcome: "success" },
    orderBy: { seq: "asc" },
  });
  return rows.map((row) => toErasure(toSignedEvent(row)));
}

async function compareErasures(
  snapshot: Prisma.TransactionClient,
  { erased, erasures }: { erased: Map<number, Erased[]>; erasures: readonly Erasure[] },
): Promise<TrailFault | null> {
  for (const { seq, personId, count, digest } of erasures) {
    const values = erased.get(seq) ?? [];
    erased.delete(seq);
    const stranger = values.find((value) => value.personId !== personId);
    const isTold =
      values.length === count &&
      digestCommitments(values.map(({ commitment }) => commitment)) === digest;
    if (isTold && !stranger) continue;
    const problem = `Entry ${seq} tells of ${count} values of a person that were erased, and others are: ${values.length} say that they went with it.`;
    return { seq, problem };
  }
  const [untold] = erased;
  const commitment = untold?.[1][0]?.commitment;
  if (!commitment) return null;
  return await toFault(
    snapshot,
    commitment,
    `is gone, and no entry ${untold[0]} tells of its erasure`,
  );
}

async function toFault(
  snapshot: Prisma.TransactionClient,
  commitment: string,
  what: string,
): Promise<TrailFault> {
  const seq = await findEntryOf(snapshot, commitment);
  const whose = seq > 0 ? `of entry ${seq}` : "that no entry here commits to";
  return { seq, problem: `A private value ${whose} ${what}: ${commitment}.` };
}

/** The first entry that commits to a value; reads the whole trail. 0 when it left, or never was. */
async function findEntryOf(
  snapshot: Prisma.TransactionClient,
  commitment: string,
): Promise<number> {
  const text = `%${commitment}%`;
  const [row] = await snapshot.$queryRaw<{ seq: bigint | null }[]>(Prisma.sql`
    SELECT min(seq) AS seq FROM audit_event
    WHERE concat_ws(' ', actor_identity, target_display, origin, on_behalf_of, before, after) LIKE ${text}`);
  return Number(row?.seq ?? 0n);
}
