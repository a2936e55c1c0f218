import { FlagClientError } from "../flag-client-error.ts";
import type { FlagChange } from "../flag-client-events.ts";

/** All numbers that are on, as of one revision. */
export type SnapshotMessage = {
  kind: "snapshot";
  cursor: string;
  revision: number;
  accepts: readonly string[];
};

/** What changed between two cursors, one entry a number. */
export type DeltaMessage = {
  kind: "delta";
  since: string;
  cursor: string;
  revision: number;
  changes: readonly FlagChange[];
};

export type FlagMessage = SnapshotMessage | DeltaMessage;

// Visible ASCII without quotes, since a cursor is sent back in headers as it came.
const CURSOR = /^[\x21\x23-\x7e]{1,128}$/;

/**
 * Reads the console's JSON. One wrong field makes the whole message unusable.
 * @throws FlagClientError UNEXPECTED_ANSWER
 */
export function parseFlagMessage(text: string): FlagMessage {
  const body = parseJson(text);
  if (!isRecord(body)) throw refused("it is not an object");
  const { kind, cursor, revision } = body;
  if (!isCursor(cursor)) throw refused("its cursor is not one");
  if (!isRevision(revision)) throw refused("its revision is not one");
  if (kind === "snapshot") return { kind, cursor, revision, accepts: readAccepts(body) };
  if (kind !== "delta") throw refused("its kind is unknown");
  const { since } = body;
  if (!isCursor(since)) throw refused("its since is not a cursor");
  return { kind, since, cursor, revision, changes: readChanges(body.changes) };
}

export function isCursor(value: unknown): value is string {
  return typeof value === "string" && CURSOR.test(value);
}

export function isRevision(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refused("it is not JSON", cause);
  }
}

function readAccepts(body: Record<string, unknown>): string[] {
  // Numbers that are not named have the default, and this client only understands the default false.
  if (body.default !== false) throw refused("its default is not false");
  if (!isTexts(body.accepts)) throw refused("its accepts are not strings");
  return body.accepts;
}

function readChanges(value: unknown): FlagChange[] {
  if (!Array.isArray(value)) throw refused("its changes are not a list");
  return value.map((change: unknown) => {
    if (!isRecord(change)) throw refused("a change is not an object");
    const { phoneNumberId, acceptsBsuid, revision } = change;
    if (typeof phoneNumberId !== "string") throw refused("a change names no number");
    if (typeof acceptsBsuid !== "boolean") throw refused("a change has no value");
    if (!isRevision(revision)) throw refused("a change has no revision");
    return { phoneNumberId, acceptsBsuid, revision };
  });
}

function refused(why: string, cause?: unknown): FlagClientError {
  const message = `The console's message is not used: ${why}.`;
  return new FlagClientError("UNEXPECTED_ANSWER", message, { cause });
}
