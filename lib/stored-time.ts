import { z } from "zod";

const FIRST = Date.parse("2000-01-01T00:00:00Z");
const LAST = Date.parse("9998-12-31T23:59:59Z");

/** A time of the years that every column and program here can hold, as ISO 8601 with its zone. */
export function storedTime(error = "Give a time with its zone, such as 2026-11-22T10:00:00Z.") {
  return z.iso.datetime({ offset: true, error }).refine((text) => {
    const time = Date.parse(text);
    // What is no time at all was refused above.
    return !(time < FIRST || time > LAST);
  }, error);
}
