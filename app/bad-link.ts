import { AppError } from "#lib/errors.ts";

type SearchParams = Record<string, string | string[] | undefined>;
/** How each parameter of a page is read: its parser returns null for what it cannot read. */
type Parsers = Record<string, { parse: (text: string) => unknown }>;

/** Returns "bad-link" instead of throwing when a part of the address is invalid, such as an old cursor. */
export async function orBadLink<Result>(pending: Promise<Result>): Promise<Result | "bad-link"> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return "bad-link";
    throw error;
  }
}

/**
 * Finds what a page lists, or returns "bad-link" when a parameter of its address cannot be read or is given
 * twice: read as its default, a mistyped filter would list more than was asked for.
 */
export async function findReadable<Result>(
  { searchParams, parsers }: { searchParams: Promise<SearchParams>; parsers: Parsers },
  find: () => Promise<Result>,
): Promise<Result | "bad-link"> {
  const given = await searchParams;
  return isReadable(given, parsers) ? await orBadLink(find()) : "bad-link";
}

function isReadable(given: SearchParams, parsers: Parsers): boolean {
  return Object.entries(parsers).every(([name, { parse }]) => {
    const value = given[name];
    if (value === undefined || value === "") return true;
    return typeof value === "string" && parse(value) !== null;
  });
}
