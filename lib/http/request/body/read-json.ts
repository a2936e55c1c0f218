import { requireMediaType } from "./content-type.ts";
import { parseJson } from "./parse-json.ts";
import { readText } from "./read-text.ts";

/** Enough for 10,000 changes, each with room to spare. */
const MAX_BYTES = 4 * 1024 * 1024;

/** @throws AppError INVALID_INPUT or PAYLOAD_TOO_LARGE */
export async function readJson(request: Request, mostBytes = MAX_BYTES): Promise<unknown> {
  return parseJson(await readJsonText(request, mostBytes));
}

/**
 * The text of a JSON body, which may not be valid JSON.
 *
 * @throws AppError INVALID_INPUT or PAYLOAD_TOO_LARGE
 */
export async function readJsonText(request: Request, mostBytes = MAX_BYTES): Promise<string> {
  requireMediaType(request, ["application/json"]);
  const pieces: string[] = [];
  for await (const piece of readText(request, mostBytes)) pieces.push(piece);
  return pieces.join("");
}
