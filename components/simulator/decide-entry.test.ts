import { describe, expect, test } from "vitest";
import { type InboundMessage, SAMPLE_PAYLOADS } from "#sdk/rules.ts";
import { decideBoth, pickDecision, tally, toWebhooks } from "./decide-entry.ts";
import { diffJson } from "./diff-json.ts";
import { accepts, type NumberNow } from "./number-now.ts";
import { readPayload } from "./read-payload.ts";

function entriesOf(id: string) {
  const payload = SAMPLE_PAYLOADS.find((sample) => sample.id === id)?.payload;
  const reading = readPayload(JSON.stringify(payload), null);
  if (reading.kind !== "read") throw new Error(reading.kind);
  return reading.entries;
}

const ANA = {
  phone: null,
  bsuid: "US.4",
  parentBsuid: null,
  name: null,
  username: null,
  doubt: null,
};
const CY = { ...ANA, phone: "+15550100124", bsuid: null };

describe("a decision", () => {
  test("needs the number's state only where that makes a difference", () => {
    expect(pickDecision(decideBoth(ANA), null)).toBeNull();
    expect(pickDecision(decideBoth(ANA), true)?.action).toBe("accept");
    expect(pickDecision(decideBoth(ANA), false)?.action).toBe("drop");
    expect(pickDecision(decideBoth(CY), null)?.action).toBe("accept");
  });

  test.each<[string, NumberNow, boolean | null]>([
    ["an accepting number", aNumberNow({ acceptsBsuid: true }), true],
    ["a phone-only number", aNumberNow({ acceptsBsuid: false }), false],
    [
      "a retired number",
      aNumberNow({ acceptsBsuid: true, retiredAt: "2026-11-01T00:00:00Z" }),
      false,
    ],
    ["a number nobody knows", { kind: "unknown" }, false],
    ["a number still asked about", { kind: "asking" }, null],
    ["a number that could not be asked about", { kind: "failed" }, null],
  ])("is made for %s as it is now", (_, now, expected) => {
    expect(accepts("now", now)).toBe(expected);
    expect([accepts("on", now), accepts("off", now)]).toEqual([true, false]);
  });
});

describe("webhooks off and on", () => {
  test("of a phone-less message: none, and one", () => {
    const [message] = entriesOf("phone-less") as InboundMessage[];
    const { off, on } = toWebhooks(message as InboundMessage);
    expect(off).toBeNull();
    expect(on).toMatchObject({ sender: { userId: "US.40000000000000000001", phoneNumber: "" } });
  });

  test("of a customer with both differ in the fields that name the customer", () => {
    const [message] = entriesOf("phone-and-bsuid") as InboundMessage[];
    const { off, on } = toWebhooks(message as InboundMessage);
    const ofSender = ["sender.id", "sender.userId", "sender.phoneNumber"];
    expect(diffJson(off, on).paths).toEqual([...ofSender, "original.from_user_id"]);
  });

  test("of an unidentified message: none either way", () => {
    const [message] = entriesOf("unidentified") as InboundMessage[];
    expect(toWebhooks(message as InboundMessage)).toEqual({ off: null, on: null });
  });
});

test("a batch is counted by the decision on each message, by its own number", () => {
  const entries = entriesOf("batch");
  const none = { accept: 0, drop: 0, refuse: 0, undecided: 0 };
  const rest = { status: 0, identity_change: 0, other: 0, problem: 1 };
  expect(tally(entries, () => false)).toEqual({ ...none, ...rest, accept: 2, drop: 2 });
  expect(tally(entries, () => null)).toEqual({ ...none, ...rest, accept: 2, undecided: 2 });
  const second = "300000000000002";
  expect(
    tally(entries, (entry) => entry.kind === "message" && entry.number.phoneNumberId === second),
  ).toEqual({ ...none, ...rest, accept: 3, drop: 1 });
});

function aNumberNow(rest: { acceptsBsuid: boolean; retiredAt?: string }): NumberNow {
  const number = { phoneNumberId: "1", displayPhoneNumber: "+1555", label: "L", accountName: "A" };
  return { kind: "known", number: { ...number, retiredAt: null, ...rest } };
}
