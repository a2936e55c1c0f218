import type { MessageStatus } from "#sdk/rules.ts";
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
]);
/**
 * What tells a status from the others of its message: which one it is, whom it is about and what went
 * wrong, by Meta's own fields, whatever their names. Ids are taken as they were written: who a customer
 * is by now may change between two deliveries of one status.
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
  // A BSUID names its customer alone: the phone beside it may be withheld the next time.
  if (telling.has("recipient_user_id")) telling.delete("recipient_id");
  const isNobodyNamed = groupId !== null && customer.phone === null && customer.bsuid === null;
  // What nests too deeply to be written tells nothing; it must not keep the status back.
  const whom = [...telling].map(([key, value]) => `${key} ${toJson(value)}`).sort();
  // Of participants who are not named only the time tells.
  const time = isNobodyNamed ? timestamp : null;
  return JSON.stringify([status, whom, codesOf(content.errors), time]);
}

function codesOf(errors: unknown): (string | null)[] {
  const list = Array.isArray(errors) ? errors : [errors];
  return list.map((error) =>
    toJson((error as { code?: unknown } | null | undefined)?.code ?? null),
  );
}
