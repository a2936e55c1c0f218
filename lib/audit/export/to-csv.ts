import { stringify } from "csv-stringify/sync";
import type { AuditEvent } from "../event.ts";
import { openEvent } from "../private/open-events.ts";
import { type SignedEntry, splitEntry } from "../private/signed-entry.ts";
import { neutraliseFormula } from "./neutralise-formula.ts";
import type { Page } from "./read-matching.ts";

/** RFC 4180 ends lines with CR LF. Every text is quoted, whichever line end it has in it. */
const FORM = { record_delimiter: "windows", quoted_string: true } as const;

/** A header and an event a line. Values that a spreadsheet would run are made text. */
export async function* toCsv(pages: AsyncIterable<Page>): AsyncGenerator<string> {
  yield stringify([Object.keys(COLUMNS)], FORM);
  for await (const { text } of pages) {
    yield stringify(text.trimEnd().split("\n").map(toRecord), FORM);
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

/** The line is one that the database made of an event. */
function toRecord(line: string): Cell[] {
  const { event: signed, openings } = splitEntry(JSON.parse(line) as SignedEntry);
  const event = openEvent(signed, openings);
  return Object.values(COLUMNS).map((read) => {
    const cell = read(event);
    return typeof cell === "string" ? neutraliseFormula(cell) : cell;
  });
}
