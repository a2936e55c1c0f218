import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { findArchiveWithFlags, toErasureRequests } from "../audit/archive/find-archive.ts";
import { digestCommitments } from "../audit/private/erasure.ts";
import { toErasureDue } from "../audit/private/erasure-wait.ts";
import { db, takeConnection } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Person } from "../db/generated/client.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { toErasedRecord } from "./erased-record.ts";

/** A person who was erased, the entry that records it, and how many values were erased. */
type ErasedPerson = { personId: string; seq: number; values: number };

/** A person whose erasure was requested, and when it is due. */
type WaitingErasure = { personId: string; notBefore: Date };

/** A person whose erasure is due but failed. */
type FailedErasure = { personId: string; error: unknown };

export type Erasures = {
  erased: ErasedPerson[];
  waiting: WaitingErasure[];
  failed: FailedErasure[];
  /** The database's files still have erased values, because somebody was reading. The next run tries again. */
  areTracesLeft: boolean;
};

/** The tables that had names, addresses or browsers of people. */
const TABLES_WITH_VALUES = [
  "private_value",
  "person",
  "session",
  "token",
  "number_search",
  "selection",
  "idempotency_key",
];
const LOCK_NOT_AVAILABLE = "55P03";
const MAX_TRIES = 5;
const TRY_AGAIN_MS = 1_000;
const TRACES_REMOVED_WITHIN_MS = 7 * 24 * 3_600_000;

/**
 * Erases everybody whose erasure an admin requested at least 72 hours ago: clears their record and their
 * values in the trail, and appends an entry for each person. Takes `person:erase`, and a connection as the
 * database's owner.
 *
 * @returns who was erased, who is waiting, and whose erasure failed, with CONFLICT if record and trail disagree
 * @throws AppError FORBIDDEN without the owner's rights
 */
export async function erasePeople(actor: Actor): Promise<Erasures> {
  authorize(actor, "person:erase");
  const erased: ErasedPerson[] = [];
  const waiting: WaitingErasure[] = [];
  const failed: FailedErasure[] = [];
  const asked = await db().person.findMany({
    where: { erasureRequestedAt: { not: null }, erasedAt: null },
    orderBy: { erasureRequestedAt: "asc" },
  });
  if (asked.length > 0) await requireOwner();
  for (const { id: personId, erasureRequestedAt } of asked) {
    const notBefore = toErasureDue(erasureRequestedAt ?? new Date());
    if (notBefore > databaseNow()) waiting.push({ personId, notBefore });
    else {
      try {
        const done = await erasePerson(actor, personId);
        if (done) erased.push(done);
      } catch (error) {
        // A record that was tampered with must not keep others from being erased.
        failed.push({ personId, error });
      }
    }
  }
  // Repeated for some days, in case a run was killed before it, or somebody was reading.
  const since = new Date(databaseNow().getTime() - TRACES_REMOVED_WITHIN_MS);
  const isRecent = (await db().person.count({ where: { erasedAt: { gt: since } } })) > 0;
  const areTracesLeft = isRecent && !(await removeTraces());
  return { erased, waiting, failed, areTracesLeft };
}

async function requireOwner(): Promise<void> {
  const [row] = await db().$queryRaw<{ may: boolean }[]>`
    SELECT has_table_privilege('private_value', 'UPDATE') AS may`;
  if (row?.may) return;
  throw new AppError(
    "FORBIDDEN",
    "Only the owner of the database can erase people. Set OWNER_DATABASE_URL, and run npm run person:erase.",
  );
}

/** Erases one person; returns null when the request was withdrawn or applied a moment ago. */
async function erasePerson(actor: Actor, personId: string): Promise<ErasedPerson | null> {
  return await inAuditedTransaction(actor, async (tx) => {
    const person = await tx.db.person.findUniqueOrThrow({ where: { id: personId } });
    if (!person.erasureRequestedAt || person.erasedAt) return null;
    await requireDue(tx, person);
    const seq = tx.head.seq + 1;
    const rows = await tx.db.$queryRaw<{ commitment: string }[]>`
      UPDATE private_value SET salt = NULL, value = NULL, erased_by = ${seq}
      WHERE person_id = ${personId}::uuid AND value IS NOT NULL RETURNING commitment`;
    await clearRecord(tx, person);
    await appendEvents(tx, [
      {
        action: "person.erased",
        target: { type: "person", id: personId, display: toErasedRecord(person).name },
        before: null,
        after: {
          count: rows.length,
          digest: digestCommitments(rows.map(({ commitment }) => commitment)),
        },
      },
    ]);
    return { personId, seq, values: rows.length };
  });
}

/** Checks the trail, too: the application's role can write anything into the record, but not into the trail. */
async function requireDue(tx: AuditedTransaction, person: Person): Promise<void> {
  const last = await tx.db.auditEvent.findFirst({
    where: {
      targetType: "person",
      targetId: person.id,
      outcome: "success",
      action: {
        in: ["person.erasure_requested", "person.erasure_withdrawn", "person.enabled"],
      },
    },
    orderBy: { seq: "desc" },
  });
  const isAsked = last?.action === "person.erasure_requested" && last.actorId !== person.id;
  const askedAt = last ? isAsked && last.occurredAt : await findArchivedRequest(tx, person);
  if (askedAt && person.disabledAt && toErasureDue(askedAt) <= tx.now) return;
  throw new AppError(
    "CONFLICT",
    `Person ${person.id} is marked for erasure in their record, but the trail has no request for it that is 72 hours old. They were not erased. Find out who changed the record.`,
  );
}

/** When the erasure was requested, if that entry is in an archive; else null. */
async function findArchivedRequest(tx: AuditedTransaction, { id }: Person): Promise<Date | null> {
  const at = toErasureRequests(await findArchiveWithFlags(tx.db)).get(id);
  return at === undefined ? null : new Date(at);
}

async function clearRecord(tx: AuditedTransaction, person: Person): Promise<void> {
  const { id: personId } = person;
  await tx.db.person.update({
    where: { id: personId },
    data: {
      ...toErasedRecord(person),
      passwordHash: null,
      isPasswordTemporary: false,
      passwordMadeById: null,
      openIdIssuer: null,
      openIdSubject: null,
      zone: null,
      locale: null,
      erasedAt: tx.now,
      sessionVersion: { increment: 1 },
    },
  });
  await tx.db.session.updateMany({ where: { personId }, data: { ip: null, userAgent: null } });
  await tx.db.token.updateMany({
    where: { personId },
    data: { lastUsedIp: null, lastUsedUserAgent: null },
  });
  await clearDesk(tx, person);
}

/** Deletes what is kept for the person alone, and every selection and kept answer that names them. */
async function clearDesk(tx: AuditedTransaction, { id: personId, email, name }: Person) {
  await tx.db.notice.deleteMany({ where: { personId } });
  await tx.db.mutedNotice.deleteMany({ where: { personId } });
  const searched = [email, name].map((value) => ({
    filter: { contains: toJsonText(value), mode: "insensitive" as const },
  }));
  await tx.db.selection.deleteMany({ where: { OR: [{ madeById: personId }, ...searched] } });
  const named = [email, name].map((value) => ({ body: { contains: toJsonText(value) } }));
  await tx.db.idempotencyKey.deleteMany({ where: { OR: [{ personId }, ...named] } });
}

/** A text as it stands inside a JSON string. */
function toJsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * Removes erased values from the tables' files and from ANALYZE's samples. The files keep overwritten rows
 * until they are rewritten, which locks each table meanwhile, and copies rows that somebody may still read:
 * so it tries again for some seconds.
 *
 * @returns false when somebody was reading all the time
 */
async function removeTraces(): Promise<boolean> {
  const { client } = await takeConnection();
  let hasCopiedOld = false;
  // "N dead row versions cannot be removed yet" begins with the number in every language.
  const listen = ({ detail }: { detail?: string | undefined }) => {
    hasCopiedOld ||= /^[1-9]/.test(detail ?? "");
  };
  client.on("notice", listen);
  try {
    await client.query("SET lock_timeout = '3s'");
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      if (tries > 0) await sleep(TRY_AGAIN_MS);
      hasCopiedOld = false;
      await client.query(`VACUUM (FULL, ANALYZE, VERBOSE) ${TABLES_WITH_VALUES.join(", ")}`);
      await client.query("VACUUM (FULL, VERBOSE) pg_statistic");
      if (!hasCopiedOld) return true;
    }
    return false;
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  } finally {
    client.off("notice", listen);
    await client.query("RESET lock_timeout");
    client.release();
  }
}
