import type { ResolvedFilter } from "./resolve-filter.ts";

/** The prefixes of filter terms in the database's function `audit_terms`. */
const PREFIXES = {
  action: "action=",
  outcome: "outcome=",
  channel: "channel=",
  targetType: "type=",
} as const;

const ACTOR = "actor=";

/** The terms that all matching entries have, each a tsquery; without the reason's words. */
export function toAuditTerms(
  filter: Pick<ResolvedFilter, keyof typeof PREFIXES | "actorIds">,
): string[] {
  const { actorIds } = filter;
  const actors = actorIds?.map((id) => toQuery(`${ACTOR}${id}`)).join(" | ");
  const others = Object.entries(PREFIXES).flatMap(([name, prefix]) => {
    const value = filter[name as keyof typeof PREFIXES];
    return value === undefined ? [] : [toQuery(`${prefix}${value}`)];
  });
  return actors === undefined ? others : [...others, actors];
}

/** Quotes a lexeme. PostgreSQL's manual, 8.11.2: quotes and backslashes are doubled. */
function toQuery(lexeme: string): string {
  return `'${lexeme.replaceAll(/['\\]/g, "$&$&")}'`;
}
