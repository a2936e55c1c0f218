import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { ListAccountsInput } from "#lib/accounts/list-accounts.ts";

export const ACCOUNT_SCOPES = ["all", "mine"] as const;
export const ACCOUNT_RULES = ["any", "two-people"] as const;

/** The page's state, all of it in the address. `after` is the list's own cursor. */
export const accountsParsers = {
  q: parseAsString.withDefault(""),
  scope: parseAsStringLiteral(ACCOUNT_SCOPES).withDefault("all"),
  rule: parseAsStringLiteral(ACCOUNT_RULES).withDefault("any"),
  after: parseAsString,
};

export type AccountsQuery = inferParserType<typeof accountsParsers>;

export const loadAccountsQuery = createLoader(accountsParsers);
const serialise = createSerializer(accountsParsers);

/** The address of the page in another state. Next's route type has no optional query. */
export function toAccountsHref(query: Partial<AccountsQuery>) {
  return `/accounts${serialise(query)}` as `/accounts?${string}`;
}

/** The page's state in the form that the list takes. */
export function toListInput({ q, scope, rule, after }: AccountsQuery): ListAccountsInput {
  return {
    q,
    ...(scope === "mine" ? { mine: "true" as const } : {}),
    ...(rule === "two-people" ? { needsTwoPeople: "true" as const } : {}),
    ...(after === null ? {} : { cursor: after }),
  };
}
