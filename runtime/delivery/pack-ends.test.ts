import { expect, test } from "vitest";
import type { AttemptEnd } from "../store/webhook-queue.ts";
import { packEnds, unpackEnds } from "./pack-ends.ts";

const ENDS: AttemptEnd[] = [
  { seq: 1, attempts: 1, status: "delivered" },
  { seq: 2, attempts: 2, status: "delivered" },
  { seq: 3, attempts: 1, status: "failed" },
  { seq: 4, attempts: 1, status: "pending", dueAt: 1_790_000_000_000 },
  { seq: 5, attempts: 1, status: "delivered" },
];

test("ends are unpacked as they were packed, each once", () => {
  const arrived = unpackEnds(structuredClone(packEnds(ENDS)));
  expect(arrived.sort((one, other) => one.seq - other.seq)).toEqual(ENDS);
});

test("of webhooks delivered at the first attempt only the seq is packed", () => {
  expect(packEnds(ENDS)).toEqual({ deliveredAtOnce: [1, 5], others: ENDS.slice(1, 4) });
});
