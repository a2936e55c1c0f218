import type { Prisma } from "../db/generated/client.ts";
import { DIGEST, KIND_RULES } from "./notice-kinds.ts";
import type { Telling } from "./to-tellings.ts";

/** How many notices a person gets in an hour; the others of that hour are counted in one more. */
export const MAX_NOTICES_AN_HOUR = 30;

const HOUR_MS = 3_600_000;

type Row = Omit<Telling, "kind"> & { kind: string };

/**
 * Writes what people are told, but what they switched off: a notice that they have is updated in place and
 * unread again. What is too much for an hour goes into one digest.
 */
export async function writeNotices(
  tx: Prisma.TransactionClient,
  tellings: readonly Telling[],
  now: Date,
): Promise<void> {
  const wanted = await leaveOutMuted(tx, tellings);
  if (wanted.length === 0) return;
  const recent = await readRecent(tx, wanted, now);
  const rows: Row[] = [];
  const overflow: Telling[] = [];
  for (const telling of wanted) {
    const { personId, kind, subject } = telling;
    const theirs = recent.get(personId) ?? new Set<string>();
    const key = toKey(kind, subject);
    const fits = theirs.has(key) || theirs.size < MAX_NOTICES_AN_HOUR;
    if (!KIND_RULES[kind].isUrgent) {
      if (fits) recent.set(personId, theirs.add(key));
      else overflow.push(telling);
    }
    if (fits || KIND_RULES[kind].isUrgent) rows.push(telling);
  }
  await upsert(tx, [...rows, ...(await toDigests(tx, overflow, now))], now);
}

async function leaveOutMuted(
  tx: Prisma.TransactionClient,
  tellings: readonly Telling[],
): Promise<Telling[]> {
  const personId = { in: [...new Set(tellings.map((telling) => telling.personId))] };
  const muted = await tx.mutedNotice.findMany({ where: { personId } });
  const keys = new Set(muted.map((one) => toKey(one.personId, one.kind)));
  return tellings.filter(
    ({ personId, kind }) => !KIND_RULES[kind].canMute || !keys.has(toKey(personId, kind)),
  );
}

/** Which notices each person was given or had updated in the last hour, as far as they count. */
async function readRecent(
  tx: Prisma.TransactionClient,
  tellings: readonly Telling[],
  now: Date,
): Promise<Map<string, Set<string>>> {
  const isUncounted = [DIGEST, ...urgentKinds()];
  const notices = await tx.notice.findMany({
    where: {
      personId: { in: [...new Set(tellings.map(({ personId }) => personId))] },
      kind: { notIn: isUncounted },
      updatedAt: { gt: new Date(now.getTime() - HOUR_MS) },
    },
    select: { personId: true, kind: true, subject: true },
  });
  const recent = new Map<string, Set<string>>();
  for (const { personId, kind, subject } of notices) {
    recent.set(personId, (recent.get(personId) ?? new Set()).add(toKey(kind, subject)));
  }
  return recent;
}

function urgentKinds(): string[] {
  return Object.entries(KIND_RULES).flatMap(([kind, { isUrgent }]) => (isUrgent ? [kind] : []));
}

/** One digest a person and hour, which counts what it stands for by kind. */
async function toDigests(
  tx: Prisma.TransactionClient,
  overflow: readonly Telling[],
  now: Date,
): Promise<Row[]> {
  if (overflow.length === 0) return [];
  const subject = now.toISOString().slice(0, "2026-11-30T10".length);
  const personId = { in: overflow.map((telling) => telling.personId) };
  const earlier = await tx.notice.findMany({ where: { personId, kind: DIGEST, subject } });
  const data = new Map(earlier.map((row) => [row.personId, row.data as Row["data"]]));
  const digests = new Map<string, Row>();
  for (const telling of overflow) {
    const digest = digests.get(telling.personId) ?? {
      personId: telling.personId,
      kind: DIGEST,
      subject,
      data: { ...data.get(telling.personId) },
      count: 0,
    };
    digest.data[telling.kind] = Number(digest.data[telling.kind] ?? 0) + telling.count;
    digest.count += telling.count;
    digests.set(telling.personId, digest);
  }
  return [...digests.values()];
}

async function upsert(tx: Prisma.TransactionClient, rows: readonly Row[], now: Date) {
  await tx.$executeRaw`
    INSERT INTO notice AS n (person_id, kind, subject, data, count, created_at, updated_at)
    SELECT "personId", kind, subject, data, count, ${now}, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r("personId" uuid, kind text, subject text, data jsonb, count int)
    ON CONFLICT (person_id, kind, subject) DO UPDATE
    SET data = excluded.data, count = n.count + excluded.count, updated_at = excluded.updated_at, read_at = NULL`;
}

function toKey(...parts: string[]): string {
  return parts.join(" ");
}
