import fc from "fast-check";
import { expect, test } from "vitest";
import { readSend, type SendHow, toAnswer } from "./read-send.ts";
import { ENDPOINTS, SAMPLE_SENDS, type SampleSendId } from "./sample-sends.ts";

const TO_BSUID = { recipient: "US.40000000000000000001" };
const TO_PHONE = { to: "15550100123" };

/** The answer for each recipient: now, and once messages can be sent to BSUIDs. */
test.each<[SampleSendId, [now: string | object, later: string | object][]]>([
  ["session-bsuid", [["BSUID_NOT_SUPPORTED", TO_BSUID]]],
  ["session-phone", [[TO_PHONE, TO_PHONE]]],
  ["session-contradictory", [["CONTRADICTORY_RECIPIENT", "CONTRADICTORY_RECIPIENT"]]],
  ["template-bsuid", [["BSUID_NOT_SUPPORTED", TO_BSUID]]],
  ["template-authentication", [["AUTH_TEMPLATE_NEEDS_PHONE", "AUTH_TEMPLATE_NEEDS_PHONE"]]],
  ["template-double-prefix", [["DOUBLE_PREFIX", "DOUBLE_PREFIX"]]],
  [
    "campaign",
    [
      ["BSUID_NOT_SUPPORTED", TO_BSUID],
      [TO_PHONE, TO_PHONE],
      ["WRONG_PREFIX", "WRONG_PREFIX"],
    ],
  ],
])("the request %s is answered by the rules", (id, expected) => {
  const { request, ...how } = SAMPLE_SENDS[id];
  expect(answers(JSON.stringify(request), how)).toEqual(expected);
});

test("a session message is never treated as a template", () => {
  const text = JSON.stringify(SAMPLE_SENDS["session-bsuid"].request);
  expect(answers(text, { endpoint: "session", isAuthenticationTemplate: true })).toEqual([
    ["BSUID_NOT_SUPPORTED", TO_BSUID],
  ]);
});

test("a refusal is shown in the shape of Connectly's errors, with the field to blame", () => {
  const { request, ...how } = SAMPLE_SENDS.campaign;
  const reading = readSend(JSON.stringify(request), how);
  const last = reading.kind === "read" ? reading.entries.at(-1) : undefined;
  expect(last?.path).toBe("entries[2]");
  expect(last && toAnswer(last.now)).toMatchObject({
    code: "ERROR_CODE_WRONG_PREFIX",
    details: { field: "entries[2].client", reason: "WRONG_PREFIX" },
  });
});

test("never throws, for any request", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.json(), fc.string()),
      fc.constantFrom(...ENDPOINTS),
      (text, endpoint) => {
        readSend(text, { endpoint, isAuthenticationTemplate: true });
      },
    ),
  );
});

function answers(text: string, how: SendHow) {
  const reading = readSend(text, how);
  if (reading.kind !== "read") return reading.kind;
  const shorten = (decision: (typeof reading.entries)[0]["now"]) =>
    decision.ok ? decision.to : decision.problem.code;
  return reading.entries.map(({ now, later }) => [shorten(now), shorten(later)]);
}
