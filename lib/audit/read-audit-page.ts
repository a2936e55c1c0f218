import { z } from "zod";
import { db } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { AuditEvent } from "./event.ts";
import { toAuditEvent } from "./to-audit-event.ts";

export type AuditPage = { items: AuditEvent[]; nextCursor: string | null };

export const auditCursorSchema = z
  .string()
  .regex(/^[0-9]{1,15}$/, "cursor is not one that this list gave out. Start again without it.");

/** Events newest first. The cursor is the last `seq` shown, so pages stay put while the trail grows. */
export async function readAuditPage(
  where: Prisma.AuditEventWhereInput,
  { limit, cursor }: { limit: number; cursor: string | undefined },
): Promise<AuditPage> {
  const before = cursor === undefined ? {} : { seq: { lt: BigInt(cursor) } };
  const rows = await db().auditEvent.findMany({
    where: { AND: [where, before] },
    orderBy: { seq: "desc" },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(toAuditEvent);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? String(last.seq) : null };
}
