import type { AuditArchive, Prisma } from "../../db/generated/client.ts";
import { startAfterArchive } from "../archive/find-archive.ts";
import type { ReplayedFlag, TrailCheck, TrailFault } from "./trail-check.ts";

type Replayed = Pick<TrailCheck, "flags" | "end">;

const COLUMNS = { phoneNumberId: true, acceptsBsuid: true, flagVersion: true, flagRevision: true };

/** Compares the stored flags with the replayed trail; returns the first number that differs. */
export async function findFlagFault(
  snapshot: Prisma.TransactionClient,
  { replayed, archive }: { replayed: Replayed; archive: AuditArchive | null },
): Promise<TrailFault | null> {
  const rows = await snapshot.number.findMany({
    where: {
      OR: [{ acceptsBsuid: true }, { flagVersion: { gt: 0 } }, { flagRevision: { gt: 0 } }],
    },
    select: COLUMNS,
  });
  return compareFlags(rows, replayed) ?? (await findWrongPointer(snapshot, archive));
}

type StoredFlag = FlagColumns & { phoneNumberId: string };

function compareFlags(rows: readonly StoredFlag[], { flags, end }: Replayed): TrailFault | null {
  const stored = new Map(rows.map((row) => [row.phoneNumberId, row]));
  for (const id of new Set([...flags.keys(), ...stored.keys()])) {
    const is = toWords(stored.get(id));
    const recorded = flags.get(id);
    const shouldBe = toWords(recorded && toColumns(recorded));
    if (is === shouldBe) continue;
    const problem = `Number ${id} is ${is}, and the trail says ${shouldBe}: its flag was changed by hand.`;
    return { seq: recorded?.seq ?? end.seq, problem };
  }
  return null;
}

/**
 * Compares each flag with the entry of its revision, or with the archive that has the entry; no replay.
 * Only the replay would show that a number does not name its latest entry, or has a wrong count of changes.
 */
export async function findPointerFault(
  snapshot: Prisma.TransactionClient,
  archive: AuditArchive | null,
): Promise<TrailFault | null> {
  const wrong = await findWrongPointer(snapshot, archive);
  if (wrong) return wrong;
  return archive && (await findArchivedFlagFault(snapshot, archive));
}

/** The first number whose flag, time or person of the change differs from the entry of its revision. */
async function findWrongPointer(
  snapshot: Prisma.TransactionClient,
  archive: AuditArchive | null,
): Promise<TrailFault | null> {
  const lastRevision = archive?.lastRevision ?? 0n;
  const [wrong] = await snapshot.$queryRaw<{ id: string; seq: bigint }[]>`
    SELECT n.phone_number_id AS id, coalesce(e.seq, l.seq) AS seq
    FROM ledger l CROSS JOIN number n
    LEFT JOIN audit_event e ON e.revision = n.flag_revision AND e.target_id = n.phone_number_id
    WHERE (n.accepts_bsuid OR n.flag_version > 0 OR n.flag_revision > 0)
      AND (n.flag_revision = 0 OR n.flag_revision > ${lastRevision})
      AND (e.seq IS NULL OR e.after -> 'acceptsBsuid' <> to_jsonb(n.accepts_bsuid)
        OR e.occurred_at IS DISTINCT FROM n.flag_changed_at
        OR CASE e.actor_type WHEN 'person' THEN e.actor_id END IS DISTINCT FROM n.flag_changed_by_id::text)
    ORDER BY n.flag_revision LIMIT 1`;
  if (!wrong) return null;
  const problem = `Number ${wrong.id} is not what the entry of its revision made it: its flag was changed by hand.`;
  return { seq: Number(wrong.seq), problem };
}

/** Compares numbers that have not changed since an archive with the flags in it. */
async function findArchivedFlagFault(
  snapshot: Prisma.TransactionClient,
  archive: AuditArchive,
): Promise<TrailFault | null> {
  const rows = await snapshot.number.findMany({
    where: { flagRevision: { gt: 0, lte: archive.lastRevision } },
    select: COLUMNS,
  });
  const { flags, end } = startAfterArchive(archive);
  const unchanged = rows.flatMap(({ phoneNumberId }) => {
    const flag = flags.get(phoneNumberId);
    return flag ? [[phoneNumberId, flag] as const] : [];
  });
  return compareFlags(rows, { flags: new Map(unchanged), end });
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
