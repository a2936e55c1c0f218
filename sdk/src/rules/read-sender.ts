import { asObject, type JsonObject } from "./json-value.ts";
import { parsePhone } from "./parse-phone.ts";
import { isSamePhone } from "./phone-spellings.ts";
import { refuse, type SendRefusal } from "./send-problem.ts";

type SenderReading = { ok: true; sender: string | null } | SendRefusal;

/**
 * Reads the sending number, `+E.164`: a phone, or an object with it in `id` or `phoneNumber`, as webhooks have
 * it. Null if the request leaves the choice open. An unreadable one is refused, since another number would
 * send instead.
 */
export function readSender(value: unknown, field: string): SenderReading {
  if (isAbsent(value)) return { ok: true, sender: null };
  const party = asObject(value);
  return party ? readParty(party, field) : readPhone(value, field);
}

function readParty(party: JsonObject, field: string): SenderReading {
  const channel = party.channelType ?? "whatsapp";
  if (channel !== "whatsapp") {
    const message = `${field}.channelType is not "whatsapp", the only channel there is.`;
    return refuse("UNSUPPORTED_CHANNEL", `${field}.channelType`, message);
  }
  const [first, second] = ["id", "phoneNumber"]
    .filter((key) => !isAbsent(party[key]))
    .map((key) => ({ key, reading: readPhone(party[key], `${field}.${key}`) }));
  if (!first) {
    const message = `${field} names no number. Put it into ${field}.id, or leave ${field} out.`;
    return refuse("INVALID_SENDER", `${field}.id`, message);
  }
  if (!first.reading.ok || !second) return first.reading;
  if (!second.reading.ok || isSame(first.reading.sender, second.reading.sender)) {
    return second.reading;
  }
  const message = `${field}.id and ${field}.phoneNumber name different numbers. Leave one of them out.`;
  return refuse("INVALID_SENDER", `${field}.phoneNumber`, message);
}

function readPhone(value: unknown, field: string): SenderReading {
  const sender = parsePhone(value);
  if (sender !== null) return { ok: true, sender };
  const message = `${field} is no phone number. Write the sending number as "+15550100123".`;
  return refuse("INVALID_SENDER", field, message);
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && isSamePhone(one, other);
}

function isAbsent(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === "string" && value.trim() === "")
  );
}
