import type { Actor } from "#lib/access/actor.ts";
import type { ListAuditEventsInput } from "#lib/audit/list-audit-events.ts";
import { listNumbers } from "#lib/numbers/list-numbers.ts";
import type { AuditQuery } from "./audit-query.ts";
import { toInstant } from "./local-time.ts";

export type AuditFilterInput = Omit<ListAuditEventsInput, "limit" | "cursor">;

/** Why an address does not say which entries: a time that is none, or a number that is several. */
export type BadFilter = "bad-link" | "many-numbers";

/** The filters of the address as the list and the export take them. */
export async function readFilter(
  actor: Actor,
  { query, timeZone }: { query: AuditQuery; timeZone: string },
): Promise<AuditFilterInput | BadFilter> {
  const { who, action, account, reason, channel, outcome } = query;
  const from = query.from === "" ? undefined : toInstant(query.from, timeZone);
  const to = query.to === "" ? undefined : toInstant(query.to, timeZone);
  if (from === null || to === null) return "bad-link";
  const number = query.number === "" ? null : await findNumberId(actor, query.number);
  if (number === undefined) return "many-numbers";
  return {
    ...(who !== "" && { actorId: who }),
    ...(action !== "" && { action }),
    ...(number !== null && { targetType: "number", targetId: number }),
    ...(account !== "" && { accountId: account }),
    ...(reason !== "" && { reason }),
    ...(channel !== null && { channel }),
    ...(outcome !== null && { outcome }),
    ...(from && { from: from.toISOString() }),
    ...(to && { to: to.toISOString() }),
  };
}

/** The one number that is meant, by id, phone or label; what is none stays as it is, and finds nothing. */
async function findNumberId(actor: Actor, typed: string): Promise<string | undefined> {
  const { items } = await listNumbers(actor, { q: typed, limit: 2 });
  if (items.length > 1) return undefined;
  return items[0]?.phoneNumberId ?? typed;
}
