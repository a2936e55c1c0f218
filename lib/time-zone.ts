import { z } from "zod";
import { isTimeZone } from "./zoned-time.ts";

/** An IANA time zone by name, such as `America/Sao_Paulo`, in its usual capitals. */
export const timeZoneSchema = z
  .string({ error: "A time zone must be text." })
  .trim()
  .refine(isTimeZone, "Give the time zone by its IANA name, such as America/Sao_Paulo.")
  .transform(toUsualCapitals)
  .meta({ description: "An IANA time zone.", example: "America/Sao_Paulo" });

/** An older name of a zone stays as it is. */
function toUsualCapitals(name: string): string {
  const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
  return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
}
