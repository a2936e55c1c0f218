import { stringify } from "csv-stringify/sync";
import type { AuditEvent } from "../event.ts";
import { openEvent } from "../private/open-events.ts";
import { type SignedEntry, splitEntry } from "../private/signed-entry.ts";
import { neutraliseFormula } from "./neutralise-formula.ts";
import type { Page } from "./read-matching.ts";

/** RFC 4180 ends lines with CR LF. Every text is quoted, whichever line end it has in it. */
const CSV_OPTIONS = { record_delimiter: "windows", quoted_string: true } as const;

/** A header, then one line per event. Values that a spreadsheet would run are neutralised. */
export async function* toCsv(pages: AsyncIterable<Page>): AsyncGenerator<string> {
  yield stringify([Object.keys(COLUMNS)], CSV_OPTIONS);
  for await (const { text } of pages) {
    yield stringify(text.trimEnd().split("\n").map(toRecord), CSV_OPTIONS);
  }
}

type Cell = string | number | null | undefined;

const COLUMNS: Record<string, (event: AuditEvent) => Cell> = {
  seq: (event) => event.seq,
  id: (event) => event.id,
  occurredAt: (event) => event.occurredAt,
  schema: (event) => event.schema,
  action: (event) => event.action,
  outcome: (event) => event.outcome,
  actorType: ({ actor }) => actor.type,
  actorId: ({ actor }) => actor.id,
  actorEmail: ({ actor }) => actor.email,
  actorName: ({ actor }) => actor.name,
  actorRole: ({ actor }) => actor.role,
  targetType: ({ target }) => target.type,
  targetId: ({ target }) => target.id,
  targetDisplay: ({ target }) => target.display,
  before: ({ before }) => before && JSON.stringify(before),
  after: ({ after }) => after && JSON.stringify(after),
  reason: (event) => event.reason,
  ticketUrl: (event) => event.ticketUrl,
  revision: (event) => event.revision,
  requestId: (event) => event.requestId,
  channel: (event) => event.channel,
  ip: (event) => event.ip,
  userAgent: (event) => event.userAgent,
  onBehalfOf: ({ onBehalfOf }) => onBehalfOf && JSON.stringify(onBehalfOf),
  batchId: (event) => event.batchId,
  prevHash: (event) => event.prevHash,
  hash: (event) => event.hash,
};

/** @param line an event as a line of JSON, from `toEventLine` */
function toRecord(line: string): Cell[] {
  const { event: signed, openings } = splitEntry(JSON.parse(line) as SignedEntry);
  const event = openEvent(signed, openings);
  return Object.values(COLUMNS).map((read) => {
    const cell = read(event);
    return typeof cell === "string" ? neutraliseFormula(cell) : cell;
  });
}
