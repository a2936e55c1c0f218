import { z } from "zod";

const IS_NAME = /^(?:UTC|[A-Z][A-Za-z_]*(?:\/[A-Za-z0-9_+-]+)+)$/i;

/** An IANA time zone by name, such as `America/Sao_Paulo`; offsets and abbreviations are refused. */
export const timeZoneSchema = z
  .string({ error: "A time zone must be text." })
  .trim()
  .transform((typed, context) => {
    const name = toTimeZone(typed);
    if (name !== null) return name;
    const message = "There is no such time zone. Write its IANA name, such as America/Sao_Paulo.";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  })
  .meta({ description: "An IANA time zone.", example: "America/Sao_Paulo" });

/** The zone in its usual capitals; an older name of a zone stays as it is. Null for what is no zone. */
function toTimeZone(typed: string): string | null {
  if (!IS_NAME.test(typed)) return null;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: typed }).resolvedOptions();
    return timeZone.toLowerCase() === typed.toLowerCase() ? timeZone : typed;
  } catch {
    return null;
  }
}
