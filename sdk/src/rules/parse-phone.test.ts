import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExactJson } from "./exact-json.ts";
import { parsePhone } from "./parse-phone.ts";

test.each([
  ["15550100123", "+15550100123"],
  ["+15550100123", "+15550100123"],
  ["+1(604) 585 2331", "+16045852331"],
  ["(1) 604.585-2331", "+16045852331"],
  ["+1 555 123 4567", "+15551234567"],
  [" 15550100123 ", "+15550100123"],
  ["5511912345678", "+5511912345678"],
  ["1234567", "+1234567"],
  ["123456789012345", "+123456789012345"],
  ["\u202a+15550100123\u202c", "+15550100123"],
  ["\u200e15550100123", "+15550100123"],
  ["\ufeff15550100123", "+15550100123"],
  ["1555010\u200b0123", "+15550100123"],
  ["+1\u00a0555\u202f010\u20110123", "+15550100123"],
  ["15550100123\n", "+15550100123"],
  ["\u3000\t15550100123\r\n", "+15550100123"],
  [15550100123, "+15550100123"],
  [parseExactJson("15550100123.0"), "+15550100123"],
  [parseExactJson("1.5550100123E10"), "+15550100123"],
])("%j is %s", (value, phone) => {
  expect(parsePhone(value)).toBe(phone);
});

test.each([
  ["six digits", "123456"],
  ["sixteen digits", "1234567890123456"],
  ["a group's id", "120363025246125016"],
  ["a leading zero: no country's", "0015550100123"],
  ["a BSUID", "US.13491208655302"],
  ["a BSUID with a plus", "+FI.27820000000"],
  ["Twilio's prefix", "whatsapp:+15550100123"],
  ["letters on the keys", "+1-800-FLOWERS"],
  ["an extension", "+15550100123x12"],
  ["full-width digits", "＋１５５５０１００１２３"],
  ["Arabic digits", "١٥٥٥٠١٠٠١٢٣"],
  ["two signs", "++15550100123"],
  ["a sign within", "1555+0100123"],
  ["two phones", "15550100123\n15550100124"],
  ["a control sign", "1555010\u00000123"],
  ["only signs", "+() -."],
  ["blank", "   "],
  ["nothing", ""],
  ["a megabyte", "1".repeat(1_000_000)],
  ["an address of a chat", "15550100123@s.whatsapp.net"],
  ["a number of six digits", 123456],
  ["a number with a fraction", 15550100123.5],
  ["a number below zero", -15550100123],
  ["a number that was shortened", parseExactJson("1.55501e+10")],
  ["null", null],
  ["a list", ["15550100123"]],
])("%s is not a phone", (_, value) => {
  expect(parsePhone(value)).toBeNull();
});

test("the result is E.164, and parsing it again returns it unchanged", () => {
  const near = fc.stringMatching(/^ ?\+?[0-9 ().-]{5,24}$/);
  fc.assert(
    fc.property(fc.oneof(near, fc.anything()), (value) => {
      const phone = parsePhone(value);
      if (phone === null) return;
      expect(phone).toMatch(/^\+[1-9][0-9]{6,14}$/);
      expect(parsePhone(phone)).toBe(phone);
      expect(parsePhone(phone.slice(1))).toBe(phone);
    }),
  );
});
