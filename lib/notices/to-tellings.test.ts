import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AUDIT_ACTIONS, type SignedEvent } from "../audit/event.ts";
import type { Role } from "../db/generated/enums.ts";
import { KIND_RULES, NOTICE_KINDS } from "./notice-kinds.ts";
import type { Audience } from "./read-audience.ts";
import { toTellings } from "./to-tellings.ts";

const STAFF = new Map<string, Role>([
  ["sue", "support"],
  ["sam", "support"],
  ["meg", "account_manager"],
  ["stan", "account_manager"],
  ["ada", "admin"],
  ["abe", "admin"],
  ["otto", "auditor"],
]);

const AUDIENCE: Audience = {
  staff: STAFF,
  requesters: new Map([
    ["request-of-meg", "meg"],
    ["request-of-gone", "gone"],
  ]),
  schedules: new Map([
    ["schedule-of-sue", { authorId: "sue", requestId: null }],
    ["schedule-of-request", { authorId: "sam", requestId: "request-of-meg" }],
  ]),
  managers: new Map([["1", ["meg", "stan"]]]),
  rosterBatches: new Set(["roster"]),
};

type Given = { by?: string; channel?: SignedEvent["channel"]; batchId?: string };

function anEvent(
  action: string,
  id: string,
  { by = "nobody", channel = "ui", batchId }: Given = {},
) {
  const event = {
    action,
    channel,
    outcome: "success",
    target: { type: action.split(".")[0], id, display: id },
    actor: { type: "person", id: by, role: "support", identity: {} },
    ...(batchId ? { batchId } : {}),
  };
  return event as unknown as SignedEvent;
}

const tell = (...given: Parameters<typeof anEvent>) => toTellings([anEvent(...given)], AUDIENCE);
const people = (...given: Parameters<typeof anEvent>) =>
  tell(...given).map(({ personId }) => personId);

test.each<[string, string, Given, string[]]>([
  ["request.opened", "request-of-meg", { by: "meg" }, ["sue", "sam", "ada", "abe"]],
  ["request.opened", "request-of-sue", { by: "sue" }, ["sam", "ada", "abe"]],
  ["request.edited", "request-of-meg", { by: "sam" }, ["sue", "ada", "abe"]],
  ["request.approved", "request-of-meg", { by: "sue", channel: "request" }, ["meg"]],
  ["request.declined", "request-of-meg", { by: "sue" }, ["meg"]],
  ["request.voided", "request-of-meg", { by: "sue" }, ["meg"]],
  ["request.expired", "request-of-meg", { by: "console" }, ["meg"]],
  ["request.failed", "request-of-meg", { by: "sue", channel: "schedule" }, ["meg"]],
  ["request.withdrawn", "request-of-meg", { by: "meg" }, []],
  ["request.voided", "request-of-meg", { by: "meg" }, []],
  ["request.declined", "request-of-gone", { by: "sue" }, []],
  ["schedule.done", "schedule-of-sue", { by: "sue", channel: "schedule" }, ["sue"]],
  ["schedule.failed", "schedule-of-sue", { by: "sue" }, ["sue"]],
  ["schedule.done", "schedule-of-request", { by: "sam", channel: "schedule" }, ["meg"]],
  ["schedule.cancelled", "schedule-of-sue", { by: "ada" }, ["sue"]],
  ["schedule.cancelled", "schedule-of-sue", { by: "sue" }, []],
  ["flag.forced", "a-batch", { by: "ada" }, ["abe"]],
  ["webhook.switched_off", "an-endpoint", { by: "console" }, ["ada", "abe"]],
  ["flag.disabled", "1", { by: "a-program", batchId: "roster" }, ["ada", "abe", "meg", "stan"]],
  ["flag.disabled", "1", { by: "ada", batchId: "roster" }, ["abe", "meg", "stan"]],
  ["flag.disabled", "1", { by: "sue", batchId: "another" }, []],
  ["flag.disabled", "1", { by: "sue" }, []],
  ["flag.enabled", "1", { by: "sue", batchId: "roster" }, []],
  ["schedule.created", "schedule-of-sue", { by: "sue" }, []],
  ["person.renamed", "sue", { by: "ada" }, []],
])("%s of %s (%j) is told to %j", (action, id, given, expected) => {
  expect(people(action, id, given)).toEqual(expected);
});

test("what a schedule does for a request is told as the request's outcome", () => {
  const events = [
    anEvent("schedule.failed", "schedule-of-request", { channel: "schedule" }),
    anEvent("request.failed", "request-of-meg", { channel: "schedule" }),
  ];
  const subject = "request-of-meg";
  expect(toTellings(events, AUDIENCE)).toMatchObject([
    { personId: "meg", kind: "request.outcome", subject },
  ]);
});

test("a batch is one telling a person, with the count of their numbers", () => {
  const numbers = Array.from({ length: 9 }, () => randomUUID());
  const managers = new Map(numbers.map((id, index) => [id, index < 4 ? ["meg"] : ["stan"]]));
  const events = numbers.map((id) => anEvent("flag.disabled", id, { batchId: "roster" }));
  const tellings = toTellings(events, { ...AUDIENCE, managers });
  const counts = Object.fromEntries(tellings.map(({ personId, count }) => [personId, count]));
  expect(counts).toEqual({ ada: 9, abe: 9, meg: 4, stan: 5 });
});

test("nothing is told of a person's name, a number's label or a reason", () => {
  const events = [
    anEvent("request.opened", "request-of-meg"),
    anEvent("flag.disabled", "1", { batchId: "roster" }),
  ];
  for (const { kind, data } of toTellings(events, AUDIENCE)) {
    expect(NOTICE_KINDS).toContain(kind);
    expect(Object.keys(data)).toEqual(kind === "flag.required" ? ["phoneNumberId"] : []);
  }
});

const anyEvent = fc
  .record({
    action: fc.constantFrom(...AUDIT_ACTIONS),
    id: fc.constantFrom("request-of-meg", "schedule-of-sue", "schedule-of-request", "1", "other"),
    by: fc.constantFrom(...STAFF.keys(), "nobody"),
    channel: fc.constantFrom("ui", "schedule", "import"),
    batchId: fc.constantFrom("roster", "another"),
  })
  .map(({ action, id, ...given }) => anEvent(action, id, given as Given));

test("whatever happened, it is told once a subject, to roles that are told of it, and never to who did it", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      const tellings = toTellings(events, AUDIENCE);
      const keys = tellings.map(({ personId, kind, subject }) => `${personId} ${kind} ${subject}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { personId, kind } of tellings) {
        expect(KIND_RULES[kind].roles).toContain(STAFF.get(personId));
      }
      for (const event of events) {
        if (event.channel === "schedule" || event.action === "schedule.failed") continue;
        const people = toTellings([event], AUDIENCE).map(({ personId }) => personId);
        expect(people).not.toContain(event.actor.id);
      }
    }),
  );
});
