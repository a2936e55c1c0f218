import type { SignedEvent } from "../event.ts";
import { isCommitment, type Opening } from "../private/commitment.ts";

/** Deeper than anything of an export goes. */
const MOST_LEVELS = 8;

type Fields = { [name: string]: unknown };

/**
 * Whether something read from a file or the database can be followed as an entry at all. What it says,
 * its hash and its place are other checks' business; this one keeps them from stumbling.
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

/** Whether something that stands beside an entry has the form of a salt and a value. */
export function isOpening(value: unknown): value is Opening {
  return (
    isRecord(value) && isText(value.salt) && (isText(value.value) || isRecordOfTexts(value.value))
  );
}

/** Whether it has so few levels that whatever follows them comes to an end. */
export function isShallow(value: unknown, levels = MOST_LEVELS): boolean {
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

/** Texts, whole numbers, yes and no, null and commitments, by name. */
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
