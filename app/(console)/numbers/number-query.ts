import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { NUMBER_STATES, type NumberState, SINCE_DAYS } from "#components/numbers/number-state.ts";
import type { ListNumbersInput } from "#lib/numbers/list-numbers.ts";
import { NUMBER_SORTS } from "#lib/numbers/number-sorts.ts";

/** The page's state, all of it in the address. `after` and `before` are the list's own cursors. */
export const numberParsers = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(NUMBER_STATES).withDefault("in-service"),
  account: parseAsString.withDefault(""),
  /** The e-mail address of the accounts' manager. */
  manager: parseAsString.withDefault(""),
  /** Only numbers whose account has both states in one portfolio. */
  mixed: parseAsStringLiteral(["true"]),
  /** Only numbers whose flag was changed in so many days. */
  since: parseAsStringLiteral(SINCE_DAYS).withDefault(""),
  sort: parseAsStringLiteral(NUMBER_SORTS).withDefault("label"),
  after: parseAsString,
  before: parseAsString,
  /** The place of the page's first row among all that match. */
  from: parseAsInteger.withDefault(1),
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

/** How many numbers a page of the list has. */
export const PAGE_SIZE = 50;

const FILTER_OF = {
  "in-service": { retired: "false" },
  accepting: { retired: "false", accepts: "true" },
  losing: { retired: "false", accepts: "false", losing: "true" },
  "phone-only": { retired: "false", accepts: "false" },
  retired: { retired: "true" },
  all: {},
} as const satisfies Record<NumberState, Pick<ListNumbersInput, "retired" | "accepts" | "losing">>;

/** What narrows the list; the rest of the page's state is order and place. */
export type NumberFilters = Pick<
  NumberQuery,
  "q" | "state" | "account" | "manager" | "mixed" | "since"
>;

const DAY_MS = 86_400_000;

/** The filter part of the page's state, in the form that the list takes. */
export function toFilter({ q, state, account, manager, mixed, since }: NumberFilters) {
  return {
    q,
    ...FILTER_OF[state],
    ...(account === "" ? {} : { accountId: account }),
    ...(manager === "" ? {} : { manager }),
    ...(mixed === null ? {} : { mixed }),
    ...(since === ""
      ? {}
      : { changedSince: new Date(Date.now() - Number(since) * DAY_MS).toISOString() }),
  };
}

/** The filter as fields of a form, each as the address spells it. */
export function toFormFields({ q, state, account, manager, mixed, since }: NumberFilters) {
  return { q, state, account, manager, mixed: mixed ?? "", since };
}

/** The whole state in the form that the list takes: filter, order and page. */
export function toListInput(query: NumberQuery): ListNumbersInput {
  const { after, before, sort } = query;
  const input = { ...toFilter(query), sort, limit: PAGE_SIZE };
  if (after !== null) return { ...input, cursor: after };
  return before === null ? input : { ...input, cursor: before, backwards: true };
}
