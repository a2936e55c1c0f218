import type { Actor } from "#lib/access/actor.ts";
import { listAuditEvents } from "#lib/audit/list-audit-events.ts";
import type { AuditPage } from "#lib/audit/read-audit-page.ts";
import { orBadLink } from "../../bad-link.ts";
import type { AuditQuery } from "./audit-query.ts";
import { type BadFilter, readFilter } from "./read-filter.ts";

const PAGE_SIZE = 50;

/** The page of the trail that the address asks for, or why it does not say which. */
export async function findEntries(
  actor: Actor,
  { query, timeZone }: { query: AuditQuery; timeZone: string },
): Promise<AuditPage | BadFilter> {
  const filter = await readFilter(actor, { query, timeZone });
  if (typeof filter === "string") return filter;
  const cursor = query.before === null ? {} : { cursor: query.before };
  return await orBadLink(listAuditEvents(actor, { ...filter, ...cursor, limit: PAGE_SIZE }));
}
