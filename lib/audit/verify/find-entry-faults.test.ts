import { expect, test } from "vitest";
import { GENESIS_HASH, hashEvent, type SignedEvent } from "../event.ts";
import { hashOpening, newSalt } from "../private/commitment.ts";
import { type EntryLinks, findEntryFaults } from "./find-entry-faults.ts";

const OPENING = { salt: newSalt(), value: { email: "zoe@staff.test", name: "Zoë" } };
const COMMITMENT = { $private: hashOpening(OPENING) };

function anEntry(seq: number, prevHash: string): SignedEvent {
  const unhashed: Omit<SignedEvent, "hash"> = {
    seq,
    id: `00000000-0000-7000-8000-00000000000${seq}`,
    occurredAt: "2026-11-22T10:00:00.000Z",
    schema: 1,
    action: "flag.enabled",
    outcome: "success",
    actor: { type: "person", id: "zoe", role: "support", identity: COMMITMENT },
    target: { type: "number", id: "1", display: "Number 1" },
    before: { acceptsBsuid: false },
    after: { acceptsBsuid: true },
    reason: "An entry of a test",
    ticketUrl: null,
    revision: seq,
    requestId: "request",
    channel: "cli",
    origin: { ip: null, userAgent: null },
    prevHash,
  };
  return { ...unhashed, hash: hashEvent(unhashed) };
}

const first = anEntry(1, GENESIS_HASH);
const second = anEntry(2, first.hash);
const third = anEntry(3, second.hash);
const ledger = { seq: 3, hash: third.hash };
const whole: EntryLinks = {
  event: second,
  previous: first,
  next: third,
  ledger,
  archived: null,
  values: new Map([[COMMITMENT.$private, OPENING]]),
};
const edited = { ...second, reason: "Somebody else asked" };
const rehashed = { ...edited, hash: hashEvent(edited) };

test.each([
  ["in the middle", whole],
  ["the first", { ...whole, event: first, previous: null, next: second }],
  ["after an archive", { ...whole, previous: null, archived: { seq: 1, hash: first.hash } }],
  ["the last", { ...whole, event: third, previous: second, next: null }],
  ["of somebody erased", { ...whole, values: new Map([[COMMITMENT.$private, null]]) }],
])("an untouched entry has no fault: %s", (_, links) => {
  expect(findEntryFaults(links)).toEqual([]);
});

test.each([
  ["edited", { ...whole, event: edited }, ["edited"]],
  [
    "of another form",
    { ...whole, event: { ...second, after: { from: { $private: 5 } } } as unknown as SignedEvent },
    ["malformed"],
  ],
  ["a value of it removed", { ...whole, values: new Map() }, ["value-missing"]],
  [
    "a value of it changed",
    { ...whole, values: new Map([[COMMITMENT.$private, { ...OPENING, value: "Ann" }]]) },
    ["value-differs"],
  ],
  ["edited with a right hash", { ...whole, event: rehashed }, ["not-continued"]],
  [
    "before it one edited so",
    { ...whole, event: third, previous: rehashed, next: null },
    ["does-not-continue"],
  ],
  ["before it nothing", { ...whole, previous: null }, ["previous-missing"]],
  [
    "the first, of another start",
    { ...whole, event: anEntry(1, second.hash), previous: null, next: null, ledger },
    ["does-not-continue", "next-missing"],
  ],
  [
    "after an archive of another end",
    { ...whole, previous: null, archived: { seq: 1, hash: third.hash } },
    ["does-not-continue"],
  ],
  [
    "after an archive that ends earlier",
    { ...whole, event: third, previous: null, next: null, archived: { seq: 1, hash: first.hash } },
    ["previous-missing"],
  ],
  ["after it nothing, though there was", { ...whole, next: null }, ["next-missing"]],
  [
    "the last, and not by the ledger",
    { ...whole, event: third, previous: second, next: null, ledger: { seq: 3, hash: second.hash } },
    ["ledger-differs"],
  ],
])("what was done to it is told: %s", (_, links, faults) => {
  expect(findEntryFaults(links)).toEqual(faults);
});
