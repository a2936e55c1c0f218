import type { AuditHead, Prisma } from "../../db/generated/client.ts";
import { hashHead, type SignedHead } from "./signed-head.ts";

/** A stored row as the head that was signed. */
export function toSignedHead(row: AuditHead): SignedHead {
  const { origin, hash, previous, keyId, signature } = row;
  const seq = Number(row.seq);
  return { origin, seq, hash, signedAt: row.signedAt.toISOString(), previous, keyId, signature };
}

/** The trail's present origin, which its heads are signed with. */
export async function readOrigin(reader: Prisma.TransactionClient): Promise<string> {
  const row = await reader.auditOrigin.findFirstOrThrow({ orderBy: { sinceSeq: "desc" } });
  return row.origin;
}

/** The end of an origin's chain of heads; null while it has none. */
export async function findEndOfChain(
  reader: Prisma.TransactionClient,
  origin: string,
): Promise<AuditHead | null> {
  return await reader.auditHead.findFirst({ where: { origin }, orderBy: { place: "desc" } });
}

/** Stores a head after `end`. The database refuses one that does not follow it. */
export async function storeHead(
  client: Prisma.TransactionClient,
  { head, end }: { head: SignedHead; end: AuditHead | null },
): Promise<void> {
  const { seq, ...rest } = head;
  const place = (end?.place ?? 0n) + 1n;
  await client.auditHead.create({
    data: { ...rest, seq: BigInt(seq), place, headHash: hashHead(head) },
  });
}
