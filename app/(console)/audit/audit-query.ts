import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { CHANNELS, OUTCOMES } from "./filter-values.ts";

const text = parseAsString.withDefault("");

/** The page's state, all of it in the address. `before` is the list's own cursor, `problem` what just failed. */
const parsers = {
  who: text,
  action: text,
  number: text,
  account: text,
  reason: text,
  from: text,
  to: text,
  channel: parseAsStringLiteral(CHANNELS),
  outcome: parseAsStringLiteral(OUTCOMES),
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
