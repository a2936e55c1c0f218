import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { NUMBER_STATES, type NumberState } from "#components/numbers/number-state.ts";
import type { ListNumbersInput } from "#lib/numbers/list-numbers.ts";
import { NUMBER_SORTS } from "#lib/numbers/number-sorts.ts";

/** The page's state, all of it in the address. `after` and `before` are the list's own cursors. */
export const numberParsers = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(NUMBER_STATES).withDefault("in-service"),
  account: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(NUMBER_SORTS).withDefault("label"),
  after: parseAsString,
  before: parseAsString,
  /** Why nothing was selected. */
  problem: parseAsStringLiteral(["none", "failed"]),
};

export type NumberQuery = inferParserType<typeof numberParsers>;

export const loadNumberQuery = createLoader(numberParsers);
const serialise = createSerializer(numberParsers);

/**
 * The address of the page in another state; parameters that are not given take their defaults. Next's
 * route type has no optional query.
 */
export function toNumbersHref(query: Partial<NumberQuery>) {
  return `/numbers${serialise(query)}` as `/numbers?${string}`;
}

const PAGE_SIZE = 50;

const FILTER_OF = {
  "in-service": { retired: "false" },
  accepting: { retired: "false", accepts: "true" },
  losing: { retired: "false", accepts: "false", losing: "true" },
  "phone-only": { retired: "false", accepts: "false" },
  retired: { retired: "true" },
  all: {},
} as const satisfies Record<NumberState, Pick<ListNumbersInput, "retired" | "accepts" | "losing">>;

/** The filter part of the page's state, in the form that the list takes. */
export function toFilter({ q, state, account }: Pick<NumberQuery, "q" | "state" | "account">) {
  return { q, ...FILTER_OF[state], ...(account === "" ? {} : { accountId: account }) };
}

/** The whole state in the form that the list takes: filter, order and page. */
export function toListInput(query: NumberQuery): ListNumbersInput {
  const { after, before, sort } = query;
  const input = { ...toFilter(query), sort, limit: PAGE_SIZE };
  if (after !== null) return { ...input, cursor: after };
  return before === null ? input : { ...input, cursor: before, backwards: true };
}
