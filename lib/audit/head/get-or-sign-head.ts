import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import { databaseNow } from "../../db/database-clock.ts";
import type { AuditHead, Prisma } from "../../db/generated/client.ts";
import { auditKeys } from "./audit-keys.ts";
import { compareWithJournal } from "./compare-with-journal.ts";
import { appendToJournal, readLastOfJournal } from "./head-journal.ts";
import { HeadTroubleError, setHeadTrouble } from "./head-trouble.ts";
import { hashHead, NO_HEAD, type SignedHead, signHead } from "./signed-head.ts";
import { findEndOfChain, readOrigin, storeHead, toSignedHead } from "./stored-head.ts";

type Entry = { seq: bigint; hash: string };

/** For a flush to disk and a commit, after those of other consoles that sign at the same moment. */
const TIMEOUT_MS = 15_000;

/**
 * Returns the signed head of an entry that is or was the trail's last; signs it if this key has not yet.
 * The head follows the one signed before, and is in this console's journal before it is stored.
 *
 * @throws HeadTroubleError when the trail does not go on from what this console signed last
 * @throws AppError UNAVAILABLE when the journal cannot be used
 */
export async function getOrSignHead(entry: Entry): Promise<SignedHead> {
  const isSettled = (await checkJournal(db())).kind === "agrees";
  const stored = isSettled ? await findStored(db(), await readOrigin(db()), entry) : null;
  if (stored) return toSignedHead(stored);
  return await db().$transaction((client) => signInTurn(client, entry), { timeout: TIMEOUT_MS });
}

async function signInTurn(client: Prisma.TransactionClient, entry: Entry): Promise<SignedHead> {
  // One console at a time: each head follows the one before.
  await client.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('bsuid-console heads'))::text`;
  await settleJournal(client);
  const origin = await readOrigin(client);
  const stored = await findStored(client, origin, entry);
  if (stored) return toSignedHead(stored);
  const end = await findEndOfChain(client, origin);
  const content = { origin, seq: Number(entry.seq), hash: entry.hash };
  const previous = end?.headHash ?? NO_HEAD;
  const head = signHead(auditKeys().signing, { ...content, previous, at: databaseNow() });
  // Stored first, but not yet committed: what the database refuses never gets into the journal.
  await storeHead(client, { head, end });
  await appendToJournal(getConfig().audit.headJournal, { head });
  return head;
}

/** Stores or takes back a head that is in the journal only, because the console was killed before its commit. */
async function settleJournal(client: Prisma.TransactionClient): Promise<void> {
  const result = await checkJournal(client);
  if (result.kind === "to-store") {
    const end = await findEndOfChain(client, result.head.origin);
    await storeHead(client, { head: result.head, end });
  }
  if (result.kind === "to-take-back") {
    await appendToJournal(getConfig().audit.headJournal, { notStored: hashHead(result.head) });
  }
}

/** @throws HeadTroubleError when the trail contradicts the journal */
async function checkJournal(reader: Prisma.TransactionClient) {
  const result = await compareWithJournal(
    reader,
    await readLastOfJournal(getConfig().audit.headJournal),
  );
  setHeadTrouble(result.kind === "contradicts" ? result.problem : null);
  if (result.kind === "contradicts") throw new HeadTroubleError(result.problem);
  return result;
}

async function findStored(
  reader: Prisma.TransactionClient,
  origin: string,
  { seq, hash }: Entry,
): Promise<AuditHead | null> {
  const { keyId } = auditKeys().signing.publicKey;
  return await reader.auditHead.findFirst({
    where: { origin, seq, hash, keyId },
    orderBy: { place: "desc" },
  });
}
