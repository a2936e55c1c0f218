import { createLoader, createSerializer, parseAsString } from "nuqs/server";

/** The page's state: `after` is the list's own cursor. */
const parsers = { after: parseAsString };

export const loadNoticesQuery = createLoader(parsers);
const serialise = createSerializer(parsers);

/** The address of the page at another cursor. Next's route type has no optional query. */
export function toNoticesHref(after: string | null) {
  return `/notices${serialise({ after })}` as `/notices?${string}`;
}
