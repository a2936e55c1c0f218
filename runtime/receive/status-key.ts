import { asInteger, type MessageStatus, parsePhone, phoneSpellings } from "#sdk/rules.ts";
import { toJson } from "./to-json.ts";

/** Fields that do not tell statuses of a message apart: equal in all, or different when one is delivered again. */
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
 * A key that tells a status from the others of its message: by its kind, its customer and its errors, from
 * Meta's own fields, whatever their names. Between two deliveries of one status the customer's current ids may
 * change, and so may the spelling of an id: as a number, with a plus sign.
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
  // Unnamed participants differ only by time.
  const time = isUnnamed ? timestamp : null;
  return JSON.stringify([status, whom, codesOf(content.errors), time]);
}

/** Removes the phone and parent BSUID beside a BSUID: it suffices, and they may be withheld the next time. */
function forgetBeside(key: string, telling: Map<string, unknown>): void {
  if (!key.endsWith(OF_A_USER) || key.includes("parent")) return;
  const whose = key.slice(0, -OF_A_USER.length);
  for (const other of [`${whose}id`, `${whose}parent_${OF_A_USER}`, `parent_${key}`])
    telling.delete(other);
}

/** A value as text. Null if it nests too deeply to be written, which must not block the status. */
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
