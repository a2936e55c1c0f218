import { toTimeSpan } from "#components/audit/local-time.ts";
import { type Actor, CHANNELS } from "#lib/access/actor.ts";
import { OUTCOMES } from "#lib/audit/event.ts";
import type { ListAuditEventsInput } from "#lib/audit/search/list-audit-events.ts";
import { listNumbers } from "#lib/numbers/list-numbers.ts";
import { orBadLink } from "../../bad-link.ts";
import type { AuditQuery } from "./audit-query.ts";

export type AuditFilterInput = Omit<ListAuditEventsInput, "limit" | "cursor">;

/**
 * Why an address does not name a set of entries: an invalid value or time, or a number that matches
 * several.
 */
export type BadFilter = "bad-link" | "bad-times" | "many-numbers";

/**
 * The filters of the address in the form that the list and the export take. The minutes and days in the
 * address are included; the list's own end is exclusive.
 */
export async function readFilter(
  actor: Actor,
  { query, timeZone }: { query: AuditQuery; timeZone: string },
): Promise<AuditFilterInput | BadFilter> {
  const { who, action, account, reason } = query;
  const from = query.from === "" ? undefined : toTimeSpan(query.from, timeZone)?.start;
  const to = query.to === "" ? undefined : toTimeSpan(query.to, timeZone)?.end;
  const channel = CHANNELS.find((one) => one === query.channel);
  const outcome = OUTCOMES.find((one) => one === query.outcome);
  if (isLost(query.from, from) || isLost(query.to, to)) return "bad-times";
  if (isLost(query.channel, channel) || isLost(query.outcome, outcome)) return "bad-link";
  const number = query.number === "" ? null : await orBadLink(findNumberId(actor, query.number));
  if (number === undefined) return "many-numbers";
  // Too long, or with characters that none of our texts contain.
  if (number === "bad-link") return "bad-link";
  return {
    ...(who !== "" && { actorId: who }),
    ...(action !== "" && { action }),
    ...(number !== null && { targetType: "number" as const, targetId: number }),
    ...(account !== "" && { accountId: account }),
    ...(reason !== "" && { reason }),
    ...(channel && { channel }),
    ...(outcome && { outcome }),
    ...(from && { from: from.toISOString() }),
    ...(to && { to: to.toISOString() }),
  };
}

/** Whether a text was given that has no valid value. */
function isLost(text: string, value: unknown): boolean {
  return text !== "" && value === undefined;
}

/**
 * The id of the one number meant by an id, phone or label. A text that matches none is returned as it is,
 * and the list refuses it.
 */
async function findNumberId(actor: Actor, typed: string): Promise<string | undefined> {
  const { items } = await listNumbers(actor, { q: typed, limit: 2 });
  if (items.length > 1) return undefined;
  return items[0]?.phoneNumberId ?? typed;
}
