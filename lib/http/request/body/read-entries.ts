import { parseExactJson } from "#sdk/rules.ts";
import { requireMediaType } from "./content-type.ts";
import { parseJson } from "./parse-json.ts";
import { readText } from "./read-text.ts";
import { splitArray } from "./split-array.ts";

/** One entry of a list, and its position: `[17]` or `line 17`. */
export type Entry = { at: string; value: unknown };

/** Media types of a list of entries. */
const ENTRIES_TYPES = ["application/json", "application/x-ndjson"] as const;

const MAX_ARRAY_BYTES = 16 * 1024 * 1024;
const MAX_LINES_BYTES = 64 * 1024 * 1024;

/**
 * Yields the entries of a JSON array or of NDJSON one by one as they arrive, and skips empty lines.
 * Numbers keep the digits they were written with: ids have more than JavaScript can represent.
 *
 * @throws AppError INVALID_INPUT or PAYLOAD_TOO_LARGE, possibly after some entries
 */
export async function* readEntries(request: Request): AsyncGenerator<Entry> {
  const type = requireMediaType(request, ENTRIES_TYPES);
  if (type === "application/json") {
    let index = 0;
    for await (const text of splitArray(readText(request, MAX_ARRAY_BYTES))) {
      const at = `[${index}]`;
      index += 1;
      yield { at, value: parseJson(text, { at, parse: parseExactJson }) };
    }
    return;
  }
  let number = 0;
  for await (const line of readLines(request)) {
    number += 1;
    const at = `line ${number}`;
    if (!BLANK.test(line)) yield { at, value: parseJson(line, { at, parse: parseExactJson }) };
  }
}

/** Blanks as JSON defines them: any other makes a line invalid. */
const BLANK = /^[ \t\r]*$/;

async function* readLines(request: Request): AsyncGenerator<string> {
  let rest: string[] = [];
  for await (const piece of readText(request, MAX_LINES_BYTES)) {
    const [first = "", ...lines] = piece.split("\n");
    rest.push(first);
    for (const line of lines) {
      yield rest.join("");
      rest = [line];
    }
  }
  yield rest.join("");
}
