import { Prisma } from "../../db/generated/client.ts";
import { toSignedEvent } from "../to-signed-event.ts";
import { isOpening } from "../verify/entry-form.ts";
import type { TrailFault } from "../verify/trail-check.ts";
import { hashOpening } from "./commitment.ts";
import { digestCommitments, type Erasure, toErasure } from "./erasure.ts";

const ROWS_PER_READ = 2_000;

type Erased = { commitment: string; personId: string | null };

/**
 * Checks that each stored personal value gives its commitment, that each missing one was erased, and that
 * each erasure matches its entry. Returns the first fault, or null.
 *
 * @param archived erasures whose entries are in archives
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
      take: ROWS_PER_READ,
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

/** The erasures that the trail records, oldest first. */
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
    const isRecorded =
      values.length === count &&
      digestCommitments(values.map(({ commitment }) => commitment)) === digest;
    if (isRecorded && !stranger) continue;
    const problem = `Entry ${seq} tells of ${count} values of a person that were erased, and others are: ${values.length} say that they went with it.`;
    return { seq, problem };
  }
  const [unrecorded] = erased;
  const commitment = unrecorded?.[1][0]?.commitment;
  if (!commitment) return null;
  return await toFault(
    snapshot,
    commitment,
    `is gone, and no entry ${unrecorded[0]} tells of its erasure`,
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

/** The first entry that commits to a value, or 0 when the trail has none. Reads the whole trail. */
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
