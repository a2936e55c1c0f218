import type { SignedEvent } from "../event.ts";
import { isCommitment, type Opening } from "../private/commitment.ts";

/** More levels than any line of an export has. */
const MAX_LEVELS = 8;

type Fields = { [name: string]: unknown };

/**
 * Whether a value from a file or the database has the form of an entry, so that other checks can read it.
 * They check its content, its hash and its position.
 */
export function isEntry(value: unknown): value is SignedEvent {
  if (!isRecord(value) || !isShallow(value)) return false;
  const { actor, target, onBehalfOf, revision, batchId = null } = value;
  const { id, occurredAt, action, outcome, requestId, channel, prevHash, hash } = value;
  return (
    [id, occurredAt, action, outcome, requestId, channel, prevHash, hash].every(isText) &&
    [value.reason, value.ticketUrl, batchId].every(isTextOrNull) &&
    [value.seq, value.schema].every(Number.isSafeInteger) &&
    (revision === null || Number.isSafeInteger(revision)) &&
    isRecord(actor) &&
    [actor.type, actor.id].every(isText) &&
    isTextOrNull(actor.role) &&
    isOpenOrCommitted(actor.identity) &&
    isRecord(target) &&
    [target.type, target.id].every(isText) &&
    (isText(target.display) || isCommitment(target.display)) &&
    [value.before, value.after].every(areFields) &&
    (revision === null || [value.before, value.after].every(saysFlag)) &&
    isOpenOrCommitted(value.origin) &&
    (onBehalfOf === undefined || (isRecord(onBehalfOf) && isCommitment(onBehalfOf.identity)))
  );
}

/** Whether a value has the form of an opening: a salt and an open value. */
export function isOpening(value: unknown): value is Opening {
  return (
    isRecord(value) && isText(value.salt) && (isText(value.value) || isRecordOfTexts(value.value))
  );
}

/** Whether a value has so few levels that recursion over it is safe. */
export function isShallow(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((part) => isShallow(part, levels - 1));
}

export function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: unknown): boolean {
  return value === null || isText(value);
}

function isRecordOfTexts(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(isTextOrNull);
}

function isOpenOrCommitted(value: unknown): boolean {
  return isCommitment(value) || isRecordOfTexts(value);
}

/** Whether a value is null or an object of texts, integers, booleans, nulls and commitments. */
function areFields(fields: unknown): boolean {
  return fields === null || (isRecord(fields) && Object.values(fields).every(isField));
}

function isField(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  return isTextOrNull(value) || typeof value === "boolean" || isCommitment(value);
}

function saysFlag(fields: unknown): boolean {
  return isRecord(fields) && typeof fields.acceptsBsuid === "boolean";
}
