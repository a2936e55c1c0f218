import { databaseNow } from "../../db/database-clock.ts";
import type { Prisma } from "../../db/generated/client.ts";
import type { SignedHead } from "./signed-head.ts";

const ALL_KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Whether only the last head of that day is kept: see `thinHeads`. */
export function areThinned(signedAt: Date): boolean {
  return toDay(signedAt) + (ALL_KEPT_DAYS + 1) * DAY_MS <= databaseNow().getTime();
}

/** Whether a head may be missing because a later one of its day was kept instead. */
export async function isThinned(
  reader: Prisma.TransactionClient,
  { origin, signedAt: text }: SignedHead,
): Promise<boolean> {
  const signedAt = new Date(text);
  if (!areThinned(signedAt)) return false;
  const later = { gt: signedAt, lt: new Date(toDay(signedAt) + DAY_MS) };
  return (await reader.auditHead.count({ where: { origin, signedAt: later } })) > 0;
}

/** The beginning of the time's day in UTC, in milliseconds since 1970. */
function toDay(time: Date): number {
  return Date.parse(time.toISOString().slice(0, 10));
}
