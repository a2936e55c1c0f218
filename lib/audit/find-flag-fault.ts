import type { Prisma } from "../db/generated/client.ts";
import type { ReplayedFlag, TrailCheck, TrailFault } from "./trail-check.ts";

/** Whether the flag table is what the replayed trail tells; else the first number that is not. */
export async function findFlagFault(
  snapshot: Prisma.TransactionClient,
  { flags, end }: Pick<TrailCheck, "flags" | "end">,
): Promise<TrailFault | null> {
  const rows = await snapshot.number.findMany({
    where: {
      OR: [{ acceptsBsuid: true }, { flagVersion: { gt: 0 } }, { flagRevision: { gt: 0 } }],
    },
    select: { phoneNumberId: true, acceptsBsuid: true, flagVersion: true, flagRevision: true },
  });
  const stored = new Map(rows.map((row) => [row.phoneNumberId, row]));
  for (const id of new Set([...flags.keys(), ...stored.keys()])) {
    const is = toWords(stored.get(id));
    const told = flags.get(id);
    const shouldBe = toWords(told && toColumns(told));
    if (is === shouldBe) continue;
    const problem = `Number ${id} is ${is}, and the trail says ${shouldBe}: its flag was changed by hand.`;
    return { seq: told?.seq ?? end.seq, problem };
  }
  return null;
}

/**
 * Whether each flag is what the entry of its revision made it: without a replay of all entries.
 * That a number names its latest entry, and how often it changed, only the replay tells.
 */
export async function findPointerFault(
  snapshot: Prisma.TransactionClient,
): Promise<TrailFault | null> {
  const [wrong] = await snapshot.$queryRaw<{ id: string; seq: bigint }[]>`
    SELECT n.phone_number_id AS id, coalesce(e.seq, l.seq) AS seq
    FROM ledger l CROSS JOIN number n
    LEFT JOIN audit_event e ON e.revision = n.flag_revision AND e.target_id = n.phone_number_id
    WHERE (n.accepts_bsuid OR n.flag_version > 0 OR n.flag_revision > 0)
      AND (e.seq IS NULL OR (e.after ->> 'acceptsBsuid')::boolean <> n.accepts_bsuid)
    ORDER BY n.flag_revision LIMIT 1`;
  if (!wrong) return null;
  const problem = `Number ${wrong.id} is not what the entry of its revision made it: its flag was changed by hand.`;
  return { seq: Number(wrong.seq), problem };
}

type FlagColumns = { acceptsBsuid: boolean; flagVersion: number; flagRevision: bigint | number };

function toColumns({ accepts, version, revision }: ReplayedFlag): FlagColumns {
  return { acceptsBsuid: accepts, flagVersion: version, flagRevision: revision };
}

function toWords(flag: FlagColumns | undefined): string {
  if (!flag) return "phone-only, never changed";
  const state = flag.acceptsBsuid ? "accepting" : "phone-only";
  return `${state}, changed ${flag.flagVersion} times, last in revision ${flag.flagRevision}`;
}
