import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { ROLES } from "#lib/access/roles.ts";
import type { ListPeopleInput } from "#lib/people/list-people.ts";

export const PERSON_STATES = ["all", "active", "disabled"] as const;
export const ROLE_CHOICES = ["any", ...ROLES] as const;

/** The page's state, all of it in the address. `after` is the list's own cursor. */
export const peopleParsers = {
  q: parseAsString.withDefault(""),
  role: parseAsStringLiteral(ROLE_CHOICES).withDefault("any"),
  state: parseAsStringLiteral(PERSON_STATES).withDefault("all"),
  after: parseAsString,
};

export type PeopleQuery = inferParserType<typeof peopleParsers>;

export const loadPeopleQuery = createLoader(peopleParsers);
const serialise = createSerializer(peopleParsers);

/** The address of the page in another state. Next's route type has no optional query. */
export function toPeopleHref(query: Partial<PeopleQuery>) {
  return `/people${serialise(query)}` as `/people?${string}`;
}

/** The page's state in the form that the list takes. */
export function toListInput({ q, role, state, after }: PeopleQuery): ListPeopleInput {
  return {
    q,
    ...(role === "any" ? {} : { role }),
    ...(state === "all" ? {} : { isDisabled: state === "disabled" }),
    ...(after === null ? {} : { cursor: after }),
  };
}
