import type { AuditFilter } from "./audit-filter.ts";

/** What an entry can be filtered by, as `audit_terms` of the database spells it. */
const PREFIXES = {
  action: "action=",
  outcome: "outcome=",
  channel: "channel=",
  targetType: "type=",
  actorId: "actor=",
  actorEmail: "email=",
} as const;

/** The terms that all entries of a filter have, each a tsquery; words of the reason are not among them. */
export function toAuditTerms(filter: Pick<AuditFilter, keyof typeof PREFIXES>): string[] {
  return Object.entries(PREFIXES).flatMap(([name, prefix]) => {
    const value = filter[name as keyof typeof PREFIXES];
    return value === undefined ? [] : [toQuery(`${prefix}${value}`)];
  });
}

/** One lexeme, whatever is in it. PostgreSQL's manual, 8.11.2: quotes and backslashes are doubled. */
function toQuery(lexeme: string): string {
  return `'${lexeme.replaceAll(/['\\]/g, "$&$&")}'`;
}
