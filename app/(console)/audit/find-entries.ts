import type { Actor } from "#lib/access/actor.ts";
import { listAuditEvents } from "#lib/audit/search/list-audit-events.ts";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { AppError } from "#lib/errors.ts";
import type { AuditQuery } from "./audit-query.ts";
import { type BadFilter, readFilter } from "./read-filter.ts";

const PAGE_SIZE = 50;

/** Why there is no page to show: the address is invalid, or the search took too long. */
export type NoEntries = BadFilter | "bad-words" | "no-number" | "too-slow";

/** By the name of the filter that the list refuses. Any other refusal means a bad link. */
const REFUSALS: Readonly<Record<string, NoEntries>> = {
  reason: "bad-words",
  from: "bad-times",
  to: "bad-times",
  targetId: "no-number",
};

/** The page of the trail that the address asks for, or why there is none. */
export async function findEntries(
  actor: Actor,
  { query, timeZone }: { query: AuditQuery; timeZone: string },
): Promise<TrailPage | NoEntries> {
  const filter = await readFilter(actor, { query, timeZone });
  if (typeof filter === "string") return filter;
  const cursor = query.before === null ? {} : { cursor: query.before };
  try {
    return await listAuditEvents(actor, { ...filter, ...cursor, limit: PAGE_SIZE });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "UNAVAILABLE") return "too-slow";
    if (error.code !== "INVALID_INPUT") throw error;
    return REFUSALS[error.issues[0]?.path ?? ""] ?? "bad-link";
  }
}
