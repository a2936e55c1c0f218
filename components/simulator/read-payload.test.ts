import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SAMPLE_PAYLOADS } from "#sdk/rules.ts";
import { comparePaths, readPayload } from "./read-payload.ts";
import { withNumber } from "./with-number.ts";

const NUMBER = { phoneNumberId: "106540352242922", displayPhoneNumber: "+5511912345678" };

function sample(id: string): string {
  return JSON.stringify(SAMPLE_PAYLOADS.find((one) => one.id === id)?.payload);
}

describe("a pasted payload", () => {
  test("is read in its own order, with problems in place, and each number once", () => {
    const reading = readPayload(sample("batch"), null);
    if (reading.kind !== "read") throw new Error(reading.kind);
    expect(reading.entries.map(({ kind, path }) => [kind, path])).toEqual([
      ["message", "entry[0].changes[0].value.messages[0]"],
      ["message", "entry[0].changes[0].value.messages[1]"],
      ["message", "entry[0].changes[0].value.messages[2]"],
      ["problem", "entry[0].changes[0].value.messages[3]"],
      ["message", "entry[0].changes[1].value.messages[0]"],
    ]);
    expect(reading.numberIds).toEqual(["300000000000001", "300000000000002"]);
  });

  test.each<[string, string, string]>([
    ["empty", " \n", "empty"],
    ["broken", "{,}", "broken"],
    ["larger than Meta's largest", `"${"a".repeat(4_000_000)}"`, "too_large"],
    ["from a file with a byte order mark", `\uFEFF${sample("legacy")}`, "read"],
    ["something else in JSON", "[1]", "read"],
  ])("that is %s is %s", (_, text, kind) => {
    expect(readPayload(text, null).kind).toBe(kind);
  });

  test("of another kind says what is missing", () => {
    expect(readPayload("[1]", null)).toMatchObject({
      entries: [{ kind: "problem", path: "", message: "The payload is no JSON object." }],
    });
  });

  test("never throws, for any text and any number", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.json().map(inEnvelope)), (text) => {
        readPayload(text, null);
        readPayload(text, NUMBER);
      }),
    );
    readPayload("[".repeat(500_000) + "]".repeat(500_000), NUMBER);
  });

  test("of a megabyte is read in less than a second of processor time", () => {
    const one = JSON.parse(sample("phone-less"));
    const [message] = one.entry[0].changes[0].value.messages;
    const messages = Array.from({ length: 9_000 }, (_, at) => ({ ...message, id: `wamid.${at}` }));
    one.entry[0].changes[0].value.messages = messages;
    const text = JSON.stringify(one);
    expect(text.length).toBeGreaterThan(900_000);
    const before = process.threadCpuUsage();
    const reading = readPayload(text, NUMBER);
    const { user, system } = process.threadCpuUsage(before);
    // Usually 0.1 s; the bound allows for a busy machine.
    expect((user + system) / 1e6).toBeLessThan(1);
    expect(reading).toMatchObject({ numberIds: [NUMBER.phoneNumberId] });
  });
});

describe("a chosen number", () => {
  test.each(SAMPLE_PAYLOADS.map(({ id }) => id))("takes the place of all numbers in %s", (id) => {
    const reading = readPayload(sample(id), NUMBER);
    expect(reading).toMatchObject({ kind: "read", numberIds: [NUMBER.phoneNumberId] });
    expect(JSON.stringify(reading)).not.toContain("30000000000000");
  });

  test("that is unknown adds no phone", () => {
    const unknown = { phoneNumberId: "42", displayPhoneNumber: null };
    expect(readPayload(sample("legacy"), unknown)).toMatchObject({
      entries: [{ number: { phoneNumberId: "42", displayPhoneNumber: null } }],
    });
  });

  test("leaves a payload that names no number as it is", () => {
    const payload = {
      entry: [{ changes: [{ field: "account_update", value: { event: "x" } }, 7] }],
    };
    expect(withNumber(payload, NUMBER)).toEqual(payload);
  });
});

test.each<[string, string, number]>([
  ["entry[2]", "entry[10]", -1],
  ["entry[0].changes[1]", "entry[0].changes[0].value.messages[5]", 1],
  ["entry[0].changes[0]", "entry[0].changes[0].value", -1],
  ["", "entry", -1],
  ["entry[0].x.messages[0]", "entry[0].x.statuses[0]", -1],
  ["entry[1]", "entry[1]", 0],
])("path %j against %j: %i", (one, other, sign) => {
  expect(Math.sign(comparePaths(one, other))).toBe(sign);
  expect(Math.sign(comparePaths(other, one))).toBe(0 - sign);
});

function inEnvelope(json: string): string {
  return `{"entry":[{"changes":[{"field":"messages","value":{"metadata":{},"messages":[${json}]}}]}]}`;
}
