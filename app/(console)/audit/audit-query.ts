import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";

const text = parseAsString.withDefault("");

/**
 * The page's state, all of it in the address. An invalid value is kept, so that it is refused: without it
 * the page would show more than was asked for. `before` is the list's own cursor, `problem` what just
 * failed.
 */
const parsers = {
  who: text,
  action: text,
  number: text,
  account: text,
  reason: text,
  from: text,
  to: text,
  channel: text,
  outcome: text,
  /** Searches the names that the filters offer; does not filter the entries. */
  people: text,
  accounts: text,
  before: parseAsString,
  problem: parseAsStringLiteral(["export"]),
};

export type AuditQuery = inferParserType<typeof parsers>;

export const loadAuditQuery = createLoader(parsers);
const serialise = createSerializer(parsers);

/** The address of the page in another state. Next's route type has no optional query. */
export function toAuditHref(query: Partial<AuditQuery>) {
  return `/audit${serialise(query)}` as `/audit?${string}`;
}
