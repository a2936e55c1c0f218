import type { ResolvedFilter } from "./resolve-filter.ts";

/** What an entry can be filtered by, as `audit_terms` of the database spells it. */
const PREFIXES = {
  action: "action=",
  outcome: "outcome=",
  channel: "channel=",
  targetType: "type=",
} as const;

const ACTOR = "actor=";

/** The terms that all entries of a filter have, each a tsquery; the words in reasons are not among them. */
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

/** One lexeme, whatever is in it. PostgreSQL's manual, 8.11.2: quotes and backslashes are doubled. */
function toQuery(lexeme: string): string {
  return `'${lexeme.replaceAll(/['\\]/g, "$&$&")}'`;
}
