import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { ListTokensInput } from "#lib/tokens/list-tokens.ts";

export const TOKEN_KINDS = ["all", "service", "personal"] as const;
export const TOKEN_STATES = ["working", "ended", "all"] as const;

/** The page's state, all of it in the address. `after` is the list's own cursor. */
export const tokensParsers = {
  q: parseAsString.withDefault(""),
  kind: parseAsStringLiteral(TOKEN_KINDS).withDefault("all"),
  state: parseAsStringLiteral(TOKEN_STATES).withDefault("working"),
  after: parseAsString,
};

export type TokensQuery = inferParserType<typeof tokensParsers>;

export const loadTokensQuery = createLoader(tokensParsers);
const serialise = createSerializer(tokensParsers);

/** The address of the page in another state. Next's route type has no optional query. */
export function toTokensHref(query: Partial<TokensQuery>) {
  return `/tokens${serialise(query)}` as `/tokens?${string}`;
}

/** The page's state in the form that the list takes. */
export function toListInput({ q, kind, state, after }: TokensQuery): ListTokensInput {
  return {
    q,
    ...(kind === "all" ? {} : { kind }),
    ...(state === "all" ? {} : { hasEnded: state === "ended" }),
    ...(after === null ? {} : { cursor: after }),
  };
}
