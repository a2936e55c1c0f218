import { z } from "zod";
import { AppError } from "./errors.ts";

/** The number of rows of a page. */
export const limitSchema = z.coerce
  .number({ error: "limit must be a number." })
  .int("limit must be a whole number.")
  .min(1, "limit must be at least 1.")
  .max(200, "limit must be at most 200.")
  .default(50);

/** A page of rows that have changes of numbers ends once it has so many of them. */
export const MAX_CHANGES_OF_PAGE = 10_000;

/** How many of the rows make a page: at most `limit`, and fewer where they have many changes; at least one. */
export function countPage(changes: readonly number[], limit: number): number {
  let [rows, sum] = [0, 0];
  for (const count of changes.slice(0, limit)) {
    if (rows > 0 && sum + count > MAX_CHANGES_OF_PAGE) break;
    sum += count;
    rows += 1;
  }
  return rows;
}

/** A keyset position as an opaque token for URLs. */
export function toPageCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** @throws AppError INVALID_INPUT naming the parameter, for anything that `toPageCursor` did not make */
export function parsePageCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string,
  parameter = "cursor",
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    const message = `${parameter} is not one that this list gave out. Start again without it.`;
    throw new AppError("INVALID_INPUT", message, [{ path: parameter, message }]);
  }
}
