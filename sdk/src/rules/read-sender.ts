import { parsePhone } from "./parse-phone.ts";
import { refuse, type SendRefusal } from "./send-problem.ts";

/** The business's number that sends, `+E.164`; null where the request leaves the choice open. */
export function readSender(
  value: unknown,
  field: string,
): { ok: true; sender: string | null } | SendRefusal {
  if (value === undefined || value === null || value === "") return { ok: true, sender: null };
  const sender = parsePhone(value);
  if (sender !== null) return { ok: true, sender };
  const message = `${field} is no phone number. Write the sending number as "+15550100123".`;
  return refuse("INVALID_SENDER", field, message);
}
