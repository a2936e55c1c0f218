import { expect, test } from "vitest";
import type { AuditEvent } from "#lib/audit/event.ts";
import { foldBatches } from "./fold-batches.ts";

type Part = Partial<AuditEvent>;

const anEvent = (part: Part) =>
  ({
    ...{ action: "flag.enabled", outcome: "success", reason: "Asked", ticketUrl: null },
    ...part,
  }) as AuditEvent;

const toCounts = (...parts: Part[]) =>
  foldBatches(parts.map(anEvent)).map(({ batch }) => batch?.events.length ?? 1);

test("entries of one batch that stand side by side are one line, in the trail's order", () => {
  const seqs = [5, 4, 3, 2];
  const [line, other] = foldBatches(
    seqs.map((seq) => anEvent({ seq, batchId: seq === 2 ? "b" : "a" })),
  );
  expect(line?.batch).toMatchObject({
    action: "flag.enabled",
    events: [{ seq: 5 }, { seq: 4 }, { seq: 3 }],
  });
  expect(other).toMatchObject({ event: { seq: 2 }, batch: null });
});

const batchId = "a";

test.each<[string, Part, Part]>([
  ["another batch", { batchId }, { batchId: "b" }],
  ["no batch", {}, {}],
  ["another state", { batchId }, { batchId, action: "flag.disabled" }],
  ["another outcome", { batchId }, { batchId, outcome: "failed" }],
  ["another reason", { batchId }, { batchId, reason: "Not asked" }],
  ["another ticket", { batchId }, { batchId, ticketUrl: "https://tickets.test/1" }],
])("%s is a line of its own", (_, one, other) => {
  expect(toCounts(one, other)).toEqual([1, 1]);
});

test("what is not a change of flags stays a line each, and what stands between parts a batch", () => {
  const action = "number.updated";
  expect(toCounts({ batchId, action }, { batchId, action })).toEqual([1, 1]);
  expect(toCounts({ batchId }, { batchId }, {}, { batchId })).toEqual([2, 1, 1]);
});
