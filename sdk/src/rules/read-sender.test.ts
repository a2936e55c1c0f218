import { expect, test } from "vitest";
import { readCampaignSend } from "./read-campaign-send.ts";
import { readSender } from "./read-sender.ts";
import { readSessionSend } from "./read-session-send.ts";
import { readTemplateSend } from "./read-template-send.ts";

const SENDER = "+14151111234";
const OTHER = "+14152222345";
const PHONE = "+16044441111";

/** The sender, or the refusal's code and field. */
function outcomeOf(value: unknown) {
  const reading = readSender(value, "sender");
  return reading.ok ? reading.sender : [reading.problem.code, reading.problem.field];
}

test.each<[string, unknown, unknown]>([
  ["nothing", undefined, null],
  ["null", null, null],
  ["an empty text", "", null],
  ["blanks", "  ", null],
  ["a phone", SENDER, SENDER],
  ["a phone with blanks and brackets", "+1 (415) 111-1234", SENDER],
  ["a phone without +", "14151111234", SENDER],
  ["a webhook's business", { id: SENDER, channelType: "whatsapp", name: null }, SENDER],
  ["an object with phoneNumber", { id: "", phoneNumber: SENDER }, SENDER],
  ["the same phone twice", { id: SENDER, phoneNumber: "14151111234" }, SENDER],
  [
    "one phone in two spellings",
    { id: "+5215512345678", phoneNumber: "+52 55 1234 5678" },
    "+525512345678",
  ],
  ["a word", "sales", ["INVALID_SENDER", "sender"]],
  ["a BSUID", "US.13491208655302741918", ["INVALID_SENDER", "sender"]],
  ["too many digits", "+1415111123456789", ["INVALID_SENDER", "sender"]],
  ["an exact JSON number", 14151111234, SENDER],
  ["a JSON number with a fraction", 14151111234.5, ["INVALID_SENDER", "sender"]],
  ["false", false, ["INVALID_SENDER", "sender"]],
  ["a list", [SENDER], ["INVALID_SENDER", "sender"]],
  ["an empty object", {}, ["INVALID_SENDER", "sender.id"]],
  ["an object whose id is empty", { id: "" }, ["INVALID_SENDER", "sender.id"]],
  ["an object with a word", { id: "sales" }, ["INVALID_SENDER", "sender.id"]],
  ["an object with a list", { id: [SENDER] }, ["INVALID_SENDER", "sender.id"]],
  ["a phone under another name", { number: SENDER }, ["INVALID_SENDER", "sender.id"]],
  ["two phones", { id: SENDER, phoneNumber: OTHER }, ["INVALID_SENDER", "sender.phoneNumber"]],
  [
    "another channel",
    { id: SENDER, channelType: "sms" },
    ["UNSUPPORTED_CHANNEL", "sender.channelType"],
  ],
])("a sender that is %s", (_, value, expected) => {
  expect(outcomeOf(value)).toEqual(expected);
});

const entry = { client: PHONE, campaignName: "spring" };

test.each([
  [
    "session",
    (sender: unknown) =>
      readSessionSend({ sender, recipient: { id: PHONE }, message: { text: "hi" } }),
  ],
  ["template", (sender: unknown) => readTemplateSend({ sender, number: PHONE, templateName: "t" })],
  ["campaign", (sender: unknown) => readCampaignSend({ sender, entries: [entry] })],
])("a %s whose sender cannot be read is refused, not sent from another number", (_, read) => {
  for (const sender of ["sales", { id: "sales" }, {}, 7, [SENDER]]) {
    expect(read(sender)).toMatchObject({ ok: false, problem: { code: "INVALID_SENDER" } });
  }
  expect(read(SENDER)).toMatchObject({ ok: true });
});

test("an entry of a campaign has a sender of its own, or the campaign's", () => {
  const read = readCampaignSend({
    sender: SENDER,
    entries: [
      entry,
      { ...entry, client: "+16044442222", sender: OTHER },
      { ...entry, sender: "x" },
    ],
  });
  expect(read).toMatchObject({
    ok: true,
    entries: [
      { ok: true, sender: SENDER },
      { ok: true, sender: OTHER },
      { ok: false, problem: { code: "INVALID_SENDER", field: "entries[2].sender" } },
    ],
  });
});
