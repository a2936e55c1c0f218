import { createHash } from "node:crypto";
import { FlagClientError } from "../flag-client-error.ts";
import { isCursor, isRecord, isRevision, isTexts } from "../flags/flag-message.ts";

/** The last known flags, as stored on disk. */
export type StateRecord = {
  /** The console that they come from: another one's flags must not be used. */
  url: string;
  cursor: string;
  revision: number;
  /** When this state was written, ISO 8601. */
  savedAt: string;
  accepts: string[];
};

const FORMAT = "bsuid-flags/1";

/** Two lines: format and checksum, then the record. A truncated file does not match its checksum. */
export function encodeState(record: StateRecord): string {
  const body = JSON.stringify(record);
  return `${FORMAT} sha256:${checksum(body)}\n${body}\n`;
}

/** @throws FlagClientError STATE_FILE, saying what is wrong */
export function decodeState(text: string, url: string): StateRecord {
  const [head = "", body = "", rest] = text.split("\n");
  if (!head.startsWith(`${FORMAT} `)) throw damaged("it has another format");
  if (rest !== "" || head !== `${FORMAT} sha256:${checksum(body)}`)
    throw damaged("its checksum does not match");
  const record: unknown = JSON.parse(body);
  if (!isStateRecord(record)) throw damaged("it has other fields");
  if (record.url !== url) throw damaged(`it is of another console, ${record.url}`);
  return record;
}

function isStateRecord(value: unknown): value is StateRecord {
  return (
    isRecord(value) &&
    typeof value.url === "string" &&
    isCursor(value.cursor) &&
    isRevision(value.revision) &&
    typeof value.savedAt === "string" &&
    !Number.isNaN(Date.parse(value.savedAt)) &&
    isTexts(value.accepts)
  );
}

function checksum(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}

function damaged(why: string): FlagClientError {
  return new FlagClientError("STATE_FILE", `The state file is not used: ${why}.`);
}
