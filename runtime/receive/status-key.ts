import { asInteger, type MessageStatus, parsePhone, phoneSpellings } from "#sdk/rules.ts";
import { toJson } from "./to-json.ts";

/** What every status of a message may have alike, or differently when it is delivered again. */
const TELLS_NOTHING = new Set([
  "id",
  "status",
  "timestamp",
  "errors",
  "conversation",
  "pricing",
  "biz_opaque_callback_data",
  "type",
  "recipient_type",
]);
const OF_A_USER = "user_id";

/**
 * What tells a status from the others of its message: which one it is, whom it is about and what went
 * wrong, by Meta's own fields, whatever their names. Who a customer is by now may change between two
 * deliveries of one status, and how an id is written may, too: as a number, with a plus sign.
 */
export function toStatusKey({
  status,
  timestamp,
  content,
  groupId,
  customer,
}: MessageStatus): string {
  const fields = Object.entries(content).filter(([key]) => !TELLS_NOTHING.has(key));
  const telling = new Map(fields.filter(([, value]) => value !== null && value !== ""));
  for (const [key] of fields) if (telling.has(key)) forgetBeside(key, telling);
  const isUnnamed = groupId !== null && customer.phone === null && customer.bsuid === null;
  const whom = [...telling].map(([key, value]) => `${key} ${asWritten(key, value)}`).sort();
  // Of participants who are not named only the time tells.
  const time = isUnnamed ? timestamp : null;
  return JSON.stringify([status, whom, codesOf(content.errors), time]);
}

/** A BSUID names its customer alone: the phone and the parent BSUID beside it may be withheld the next time. */
function forgetBeside(key: string, telling: Map<string, unknown>): void {
  if (!key.endsWith(OF_A_USER) || key.includes("parent")) return;
  const whose = key.slice(0, -OF_A_USER.length);
  for (const other of [`${whose}id`, `${whose}parent_${OF_A_USER}`, `parent_${key}`])
    telling.delete(other);
}

/** What nests too deeply to be written tells nothing; it must not keep the status back. */
function asWritten(key: string, value: unknown): string | null {
  const phone = key.endsWith("_id") ? parsePhone(value) : null;
  if (phone !== null) return phoneSpellings(phone)[0];
  return asInteger(value) ?? (typeof value === "string" ? value : toJson(value));
}

function codesOf(errors: unknown): (string | null)[] {
  const list: unknown[] = Array.isArray(errors) ? errors : [errors];
  return list.flatMap((error) => {
    if (error === null || error === undefined) return [];
    const { code = null } = error as { code?: unknown };
    return code === null && typeof error !== "object" ? toJson(error) : asWritten("code", code);
  });
}
