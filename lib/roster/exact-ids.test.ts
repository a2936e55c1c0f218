import { expect, test } from "vitest";
import { parseExactJson } from "#sdk/rules.ts";
import { withExactIds } from "./exact-ids.ts";

test("ids that came as JSON numbers become texts with the same digits", () => {
  const entry =
    parseExactJson(`{"phoneNumberId":106540352242922123,"displayPhoneNumber":5511912345678,
    "accountExternalId":7,"portfolioId":10654035224292212345,"wabaId":200000000000001.0,"label":"A"}`);
  expect(withExactIds(entry)).toEqual({
    phoneNumberId: "106540352242922123",
    displayPhoneNumber: "5511912345678",
    accountExternalId: "7",
    portfolioId: "10654035224292212345",
    wabaId: "200000000000001",
    label: "A",
  });
});

test.each([
  { label: 7, wabaId: "1" },
  { wabaId: 1.5 },
  { wabaId: JSON.parse("106540352242922123") as unknown },
  [1],
  "text",
  null,
])("%j stays as it is", (entry) => {
  expect(withExactIds(entry)).toBe(entry);
});
