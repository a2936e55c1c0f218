import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { REQUEST_STATES } from "#lib/flags/pending/request-record.ts";
import type { ListRequestsInput } from "#lib/requests/read-request-ids.ts";

export const STATE_CHOICES = ["any", ...REQUEST_STATES] as const;
export const MINE_CHOICES = ["anybody", "mine"] as const;

/** The page's state, all of it in the address. `after` is the list's own cursor. */
export const requestsParsers = {
  state: parseAsStringLiteral(STATE_CHOICES).withDefault("any"),
  account: parseAsString.withDefault(""),
  by: parseAsStringLiteral(MINE_CHOICES).withDefault("anybody"),
  after: parseAsString,
};

export type RequestsQuery = inferParserType<typeof requestsParsers>;

export const loadRequestsQuery = createLoader(requestsParsers);
const serialise = createSerializer(requestsParsers);

/** The address of the page in another state. Next's route type has no optional query. */
export function toRequestsHref(query: Partial<RequestsQuery>) {
  return `/requests${serialise(query)}` as `/requests?${string}`;
}

/** The page's state in the form that the list takes. */
export function toListInput({ state, account, by, after }: RequestsQuery): ListRequestsInput {
  return {
    ...(state === "any" ? {} : { state }),
    ...(account === "" ? {} : { accountId: account }),
    ...(by === "mine" ? { mine: "true" as const } : {}),
    ...(after === null ? {} : { cursor: after }),
  };
}
