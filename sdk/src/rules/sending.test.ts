import fc from "fast-check";
import { expect, test } from "vitest";
import { toConnectlyError } from "./connectly-error.ts";
import { decideSend, type SendCircumstances } from "./decide-send.ts";
import { parseExactJson } from "./exact-json.ts";
import { readCampaignSend } from "./read-campaign-send.ts";
import type { SendRecipient } from "./read-recipient.ts";
import { readSessionSend } from "./read-session-send.ts";
import { readTemplateSend } from "./read-template-send.ts";
import type { SendProblemCode, SendRefusal } from "./send-problem.ts";

const BSUID = "US.13491208655302741918";
const OTHER = "US.13491208655302741919";
const PARENT = "US.ENT.11815799212886844830";
const PHONE = "+16044441111";
const UNAVAILABLE = { bsuidSending: false, isAuthenticationTemplate: false };
const AVAILABLE = { bsuidSending: true, isAuthenticationTemplate: false };

type Fields = Record<string, unknown>;
/** The expected recipient, or the refusal's code and field. */
type Expected = string | [SendProblemCode, string];

function session(recipient: unknown, more: Fields = {}): Fields {
  return { recipient, message: { text: "Hello!" }, ...more };
}

function template(number: unknown, more: Fields = {}): Fields {
  return { number, templateName: "order_update", language: "en", parameters: [], ...more };
}

function campaign(client: unknown, more: Fields = {}): Fields {
  return { entries: [{ client, campaignName: "spring", ...more }] };
}

function outcomeOf(read: { ok: true; recipient: SendRecipient } | SendRefusal): Expected {
  if (!read.ok) return [read.problem.code, read.problem.field];
  return read.recipient.kind === "phone" ? read.recipient.phone : read.recipient.bsuid;
}

// The spellings of a session message's recipient.
test.each<[string, unknown, Expected]>([
  ["a bare BSUID in userId", { userId: BSUID, channelType: "whatsapp" }, BSUID],
  ["userId with id and phoneNumber empty", { userId: BSUID, id: "", phoneNumber: "" }, BSUID],
  ["userId with id and phoneNumber null", { userId: BSUID, id: null, phoneNumber: null }, BSUID],
  ["userId with blanks elsewhere", { userId: BSUID, id: " ", phoneNumber: " " }, BSUID],
  ["userId with an equal id", { userId: BSUID, id: BSUID }, BSUID],
  ["a bare BSUID in id alone", { id: BSUID }, BSUID],
  ["a phone in id", { id: PHONE, channelType: "whatsapp" }, PHONE],
  ["a formatted phone in id", { id: "+1 (604) 444-1111" }, PHONE],
  ["a legacy customer's object sent back", { id: PHONE, userId: "", phoneNumber: PHONE }, PHONE],
  [
    "a customer's object with both ids sent back",
    { id: BSUID, userId: BSUID, phoneNumber: PHONE, channelType: "whatsapp", name: "Ana" },
    PHONE,
  ],
  [
    "a phone-less customer's object sent back",
    { id: BSUID, userId: BSUID, phoneNumber: "" },
    BSUID,
  ],
  ["an old-style customer's object sent back", { id: PHONE, name: null }, PHONE],
  [
    "two BSUIDs and a phone",
    { id: OTHER, userId: BSUID, phoneNumber: PHONE },
    ["CONTRADICTORY_RECIPIENT", "recipient.id"],
  ],
  ["one phone written in two ways", { id: "16044441111", phoneNumber: PHONE }, PHONE],
  [
    "a Mexican phone in its two spellings",
    { id: "+5215512345678", phoneNumber: "+525512345678" },
    "+5215512345678",
  ],
  [
    "a Brazilian phone in its two spellings",
    { id: "+551187654321", userId: "", phoneNumber: "+55 11 98765-4321" },
    "+551187654321",
  ],
  [
    "an Argentine phone in its two spellings",
    { id: "5491123456789", phoneNumber: "+541123456789" },
    "+5491123456789",
  ],
  ["a phone in phoneNumber alone", { phoneNumber: PHONE }, PHONE],
  ["Kosovo's code", { userId: "XK.16" }, "XK.16"],
  ["no recipient", undefined, ["MISSING_RECIPIENT", "recipient"]],
  ["a text for a recipient", PHONE, ["MISSING_RECIPIENT", "recipient"]],
  ["a list for a recipient", [{ id: PHONE }], ["MISSING_RECIPIENT", "recipient"]],
  ["an empty recipient", { channelType: "whatsapp" }, ["MISSING_RECIPIENT", "recipient"]],
  [
    "nothing but blanks",
    { id: " ", userId: "", phoneNumber: null },
    ["MISSING_RECIPIENT", "recipient"],
  ],
  [
    "another channel",
    { id: PHONE, channelType: "sms" },
    ["UNSUPPORTED_CHANNEL", "recipient.channelType"],
  ],
  ["bsuid: in userId", { userId: `bsuid:${BSUID}` }, ["WRONG_PREFIX", "recipient.userId"]],
  ["bsuid: in id", { id: `bsuid:${BSUID}` }, ["WRONG_PREFIX", "recipient.id"]],
  ["whatsapp: in id", { id: `whatsapp:${PHONE}` }, ["WRONG_PREFIX", "recipient.id"]],
  ["bsuid: twice", { userId: `bsuid:bsuid:${BSUID}` }, ["DOUBLE_PREFIX", "recipient.userId"]],
  ["two prefixes", { id: `whatsapp:bsuid:${BSUID}` }, ["DOUBLE_PREFIX", "recipient.id"]],
  ["a prefix in lower case", { userId: "us.1349" }, ["MALFORMED_RECIPIENT", "recipient.userId"]],
  ["a trailing newline", { userId: `${BSUID}\n` }, ["MALFORMED_RECIPIENT", "recipient.userId"]],
  ["a zero-width space", { userId: `US.\u200b1` }, ["MALFORMED_RECIPIENT", "recipient.userId"]],
  [
    "a tail of 129",
    { userId: `US.${"1".repeat(129)}` },
    ["MALFORMED_RECIPIENT", "recipient.userId"],
  ],
  [
    "only the tail",
    { userId: "13491208655302741918" },
    ["MALFORMED_RECIPIENT", "recipient.userId"],
  ],
  ["a phone in userId", { userId: PHONE }, ["MALFORMED_RECIPIENT", "recipient.userId"]],
  [
    "a BSUID in phoneNumber",
    { phoneNumber: BSUID },
    ["MALFORMED_RECIPIENT", "recipient.phoneNumber"],
  ],
  ["a parent BSUID", { userId: PARENT }, ["PARENT_BSUID", "recipient.userId"]],
  ["a username", { id: "ana.p" }, ["MALFORMED_RECIPIENT", "recipient.id"]],
  ["six digits", { id: "+16044" }, ["MALFORMED_RECIPIENT", "recipient.id"]],
  ["a list for userId", { userId: [BSUID] }, ["MALFORMED_RECIPIENT", "recipient.userId"]],
  [
    "userId and another id",
    { userId: BSUID, id: OTHER },
    ["CONTRADICTORY_RECIPIENT", "recipient.id"],
  ],
  [
    "userId and a phone in id",
    { userId: BSUID, id: PHONE },
    ["CONTRADICTORY_RECIPIENT", "recipient.id"],
  ],
  [
    "userId and a phoneNumber",
    { userId: BSUID, phoneNumber: PHONE },
    ["CONTRADICTORY_RECIPIENT", "recipient.phoneNumber"],
  ],
  [
    "a BSUID in id and a phoneNumber",
    { id: BSUID, phoneNumber: PHONE },
    ["CONTRADICTORY_RECIPIENT", "recipient.phoneNumber"],
  ],
  [
    "two phones",
    { id: PHONE, phoneNumber: "+16044442222" },
    ["CONTRADICTORY_RECIPIENT", "recipient.phoneNumber"],
  ],
  [
    "userId and a malformed id",
    { userId: BSUID, id: "x" },
    ["MALFORMED_RECIPIENT", "recipient.id"],
  ],
])("session message: %s", (_, recipient, expected) => {
  expect(outcomeOf(readSessionSend(session(recipient)))).toEqual(expected);
});

// Templates and campaigns have the same spelling in different fields.
test.each<[string, unknown, string | SendProblemCode]>([
  ["a prefixed BSUID", `bsuid:${BSUID}`, BSUID],
  ["a phone", PHONE, PHONE],
  ["a phone as in Connectly's samples", "+1(604) 444 1111", PHONE],
  ["a bare BSUID", BSUID, "WRONG_PREFIX"],
  ["a bare BSUID in lower case", BSUID.toLowerCase(), "WRONG_PREFIX"],
  ["another prefix", `whatsapp:${BSUID}`, "WRONG_PREFIX"],
  ["the prefix in capitals", `BSUID:${BSUID}`, "WRONG_PREFIX"],
  ["a blank after the prefix", `bsuid: ${BSUID}`, "WRONG_PREFIX"],
  ["a phone with the prefix", `bsuid:${PHONE}`, "WRONG_PREFIX"],
  ["a phone with another prefix", `whatsapp:${PHONE}`, "WRONG_PREFIX"],
  ["the prefix twice", `bsuid:bsuid:${BSUID}`, "DOUBLE_PREFIX"],
  ["two prefixes", `whatsapp:bsuid:${BSUID}`, "DOUBLE_PREFIX"],
  ["the prefix alone", "bsuid:", "MALFORMED_RECIPIENT"],
  ["a malformed BSUID", "bsuid:us.1", "MALFORMED_RECIPIENT"],
  ["a trailing newline", `bsuid:${BSUID}\n`, "MALFORMED_RECIPIENT"],
  ["a leading blank", ` bsuid:${BSUID}`, "MALFORMED_RECIPIENT"],
  ["a parent BSUID", `bsuid:${PARENT}`, "PARENT_BSUID"],
  ["neither", "ana", "MALFORMED_RECIPIENT"],
  ["an object", { id: PHONE }, "MALFORMED_RECIPIENT"],
  ["nothing", undefined, "MISSING_RECIPIENT"],
  ["null", null, "MISSING_RECIPIENT"],
  ["blank", "  ", "MISSING_RECIPIENT"],
])("template and campaign: %s", (_, value, expected) => {
  const isCode = /^[A-Z_]+$/.test(expected);
  const forField = (field: string) => (isCode ? [expected, field] : expected);
  expect(outcomeOf(readTemplateSend(template(value)))).toEqual(forField("number"));
  const read = readCampaignSend(campaign(value));
  expect(read.ok && read.entries.map(outcomeOf)).toEqual([forField("entries[0].client")]);
});

test.each<[string, unknown, Expected]>([
  ["a text for a request", "hi", ["MALFORMED_REQUEST", ""]],
  ["no message", session({ id: PHONE }, { message: undefined }), ["MALFORMED_REQUEST", "message"]],
  ["an empty message", session({ id: PHONE }, { message: {} }), ["MALFORMED_REQUEST", "message"]],
  ["only a message id", withMessage({ id: "01F" }), ["MALFORMED_REQUEST", "message"]],
  ["an empty text", withMessage({ text: " " }), ["EMPTY_TEXT", "message.text"]],
  ["a text that is none", withMessage({ text: 7 }), ["EMPTY_TEXT", "message.text"]],
  [
    "two attachments",
    withMessage({ attachments: [{}, {}] }),
    ["ATTACHMENT_COUNT", "message.attachments"],
  ],
  [
    "an attachment without an address",
    withMessage({ attachments: [{ type: "image" }] }),
    ["EMPTY_ATTACHMENT", "message.attachments[0].url"],
  ],
  ...["javascript:1", "a.example/1", "file:///etc/passwd", "https://a b"].map(
    (url): [string, unknown, Expected] => [
      `an attachment at ${url}`,
      withMessage({ attachments: [{ type: "image", url }] }),
      ["MALFORMED_REQUEST", "message.attachments[0].url"],
    ],
  ),
  [
    "a picture",
    withMessage({ attachments: [{ type: "image", url: "https://a.example/1" }] }),
    BSUID,
  ],
  ["a list of choices", withMessage({ listMessage: {} }), BSUID],
  ["a sender that is no phone", withSender({ id: "sales" }), ["INVALID_SENDER", "sender.id"]],
  ["a sender", withSender({ id: "+14151111234", channelType: "whatsapp" }), BSUID],
])("session message with %s", (_, body, expected) => {
  expect(outcomeOf(readSessionSend(body))).toEqual(expected);
});

test.each<[string, unknown, Expected]>([
  ["a list for a request", [], ["MALFORMED_REQUEST", ""]],
  ["no template", template(PHONE, { templateName: "" }), ["MALFORMED_REQUEST", "templateName"]],
  [
    "a language that is no text",
    template(PHONE, { language: 7 }),
    ["MALFORMED_REQUEST", "language"],
  ],
  [
    "parameters that are no list",
    template(PHONE, { parameters: {} }),
    ["MALFORMED_REQUEST", "parameters"],
  ],
])("template with %s", (_, body, expected) => {
  expect(outcomeOf(readTemplateSend(body))).toEqual(expected);
});

test("the other parts of a template's request besides its recipient", () => {
  const parameters = [{ name: "body_1", value: "Ana" }];
  const sender = "+1 (415) 111-1234";
  expect(readTemplateSend(template(PHONE, { sender, parameters }))).toEqual({
    ok: true,
    recipient: { kind: "phone", phone: PHONE, field: "number" },
    sender: "+14151111234",
    templateName: "order_update",
    language: "en",
    parameters: { header: null, body: [{ name: null, text: "Ana" }], buttons: [] },
  });
  const bare = readTemplateSend({ number: PHONE, templateName: "order_update" });
  expect(bare).toMatchObject({ sender: null, language: null, parameters: { body: [] } });
});

test("each entry of a campaign is read separately, and refused by its own field", () => {
  const entry = { client: `bsuid:${BSUID}`, campaignName: "spring", variables: { body_1: 1 } };
  const read = readCampaignSend({
    entries: [entry, 7, { ...entry, client: BSUID }, entry, { ...entry, campaignName: "summer" }],
  });
  expect(read).toMatchObject({
    ok: true,
    entries: [
      { ok: true, recipient: { bsuid: BSUID, field: "entries[0].client" } },
      { problem: { code: "MALFORMED_REQUEST", field: "entries[1]" } },
      { problem: { code: "WRONG_PREFIX", field: "entries[2].client" } },
      { problem: { code: "DUPLICATE_ENTRY", field: "entries[3].client" } },
      { ok: true, campaignName: "summer" },
    ],
  });
  const nameless = readCampaignSend(campaign(PHONE, { campaignName: null }));
  expect(nameless.ok && nameless.entries.map(outcomeOf)).toEqual([
    ["MALFORMED_REQUEST", "entries[0].campaignName"],
  ]);
});

test.each<[unknown, SendProblemCode]>([
  [null, "MALFORMED_REQUEST"],
  [{}, "MALFORMED_REQUEST"],
  [{ entries: {} }, "MALFORMED_REQUEST"],
  [{ entries: [] }, "MISSING_RECIPIENT"],
])("a campaign of %j is refused as a whole", (body, code) => {
  expect(readCampaignSend(body)).toMatchObject({ ok: false, problem: { code } });
});

const toBsuid: SendRecipient = { kind: "bsuid", bsuid: BSUID, field: "number" };
const toPhone: SendRecipient = { kind: "phone", phone: PHONE, field: "number" };
const own = { ofNumber: "p1", ofBsuid: "p1" };
const unseen = { ofNumber: "p1", ofBsuid: null };
const foreign = { ofNumber: "p1", ofBsuid: "p2" };

test.each<[string, SendRecipient, SendCircumstances, unknown]>([
  ["a phone, always", toPhone, UNAVAILABLE, { to: "16044441111" }],
  [
    "a phone, by an authentication template",
    toPhone,
    authentication(UNAVAILABLE),
    { to: "16044441111" },
  ],
  ["a BSUID", toBsuid, UNAVAILABLE, "BSUID_NOT_SUPPORTED"],
  ["a BSUID, once available", toBsuid, AVAILABLE, { recipient: BSUID }],
  [
    "a BSUID of the same portfolio",
    toBsuid,
    { ...AVAILABLE, portfolio: own },
    { recipient: BSUID },
  ],
  ["a BSUID never seen", toBsuid, { ...AVAILABLE, portfolio: unseen }, { recipient: BSUID }],
  [
    "a BSUID of another portfolio",
    toBsuid,
    { ...AVAILABLE, portfolio: foreign },
    "OTHER_PORTFOLIO",
  ],
  [
    "one of another portfolio, before it is available",
    toBsuid,
    { ...UNAVAILABLE, portfolio: foreign },
    "OTHER_PORTFOLIO",
  ],
  [
    "a BSUID, by an authentication template",
    toBsuid,
    authentication(AVAILABLE),
    "AUTH_TEMPLATE_NEEDS_PHONE",
  ],
  [
    "the same, before it is available",
    toBsuid,
    authentication(UNAVAILABLE),
    "AUTH_TEMPLATE_NEEDS_PHONE",
  ],
  [
    "the same, of another portfolio",
    toBsuid,
    { ...authentication(AVAILABLE), portfolio: foreign },
    "AUTH_TEMPLATE_NEEDS_PHONE",
  ],
  [
    "a BSUID, by a capability that is a text",
    toBsuid,
    { ...AVAILABLE, bsuidSending: "unavailable" as never },
    "BSUID_NOT_SUPPORTED",
  ],
])("sending to %s", (_, recipient, how, expected) => {
  const decision = decideSend(recipient, how);
  if (typeof expected !== "string") expect(decision).toEqual({ ok: true, to: expected });
  else expect(decision).toMatchObject({ ok: false, problem: { code: expected, field: "number" } });
});

test("the two refusals that a sender must tell apart have different messages", () => {
  const message = (how: SendCircumstances) => {
    const decision = decideSend(toBsuid, how);
    return decision.ok ? "" : decision.problem.message;
  };
  expect(message(UNAVAILABLE)).toContain("BSUID delivery is not supported yet");
  expect(message(authentication(AVAILABLE))).toContain("Authentication templates");
  expect(message(authentication(AVAILABLE))).not.toContain("yet");
});

test("a refusal in the shape of Connectly's errors", () => {
  const read = readTemplateSend(template(BSUID));
  if (read.ok) throw new Error("A bare BSUID was taken.");
  expect(toConnectlyError(read.problem, { traceId: "t-1" })).toEqual({
    message: read.problem.message,
    type: "ERROR_TYPE_INVALID_REQUEST",
    code: "ERROR_CODE_WRONG_PREFIX",
    userTitle: "The message was not sent",
    userMessage: read.problem.message,
    cntTraceId: "t-1",
    details: { field: "number", reason: "WRONG_PREFIX" },
  });
  const sender = readTemplateSend(template(PHONE, { sender: "x" }));
  if (sender.ok) throw new Error("A sender that is no phone was taken.");
  const { code } = toConnectlyError(sender.problem, { traceId: "t-2" });
  expect(code).toBe("ERROR_CODE_INVALID_SENDER_ID");
});

test("a refusal never repeats the recipient's id", () => {
  const name = fc.stringMatching(/^[A-Za-z]{2}\.(ENT\.)?[A-Za-z0-9]{12,20}$|^\+[0-9]{16,20}$/);
  const prefix = fc.constantFrom("", "bsuid:", "whatsapp:", "bsuid:bsuid:", "BSUID:", " ");
  fc.assert(
    fc.property(prefix, name, (before, person) => {
      const written = before + person;
      const readings = [
        readTemplateSend(template(written)),
        readSessionSend(session({ id: written })),
      ];
      for (const read of readings) if (!read.ok) expect(JSON.stringify(read)).not.toContain(person);
    }),
  );
});

test("any request: no exception, and a refusal gives the reason in a few sentences", () => {
  const prefix = fc.constantFrom("", "bsuid:", "whatsapp:", "bsuid:bsuid:", "BSUID:", " ");
  const name = fc.oneof(
    fc.stringMatching(/^[A-Za-z]{2}\.(ENT\.)?[A-Za-z0-9]{6,130}$/),
    fc.stringMatching(/^\+?[0-9 ()]{6,17}$/),
  );
  const written = fc.tuple(prefix, name).map(([before, after]) => before + after);
  const one = fc.oneof({ weight: 4, arbitrary: written }, fc.anything());
  const part = { requiredKeys: [] as [] };
  const recipient = fc.oneof(
    { weight: 4, arbitrary: fc.record({ id: one, userId: one, phoneNumber: one }, part) },
    fc.anything(),
  );
  const entries = fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.record({ client: one, campaignName: one }, part)) },
    fc.anything(),
  );
  const body = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ recipient, number: one, entries, message: fc.anything() }),
    },
    fc.anything(),
  );
  fc.assert(
    fc.property(body, (request) => {
      const sent = readCampaignSend(request);
      const readings = [readSessionSend(request), readTemplateSend(request), sent];
      for (const read of sent.ok ? [...readings, ...sent.entries] : readings) {
        if (read.ok && "recipient" in read) {
          const { recipient } = read;
          const decision = decideSend(recipient, AVAILABLE);
          expect(decision).toEqual({ ok: true, to: metaOf(recipient) });
        }
        if (read.ok) continue;
        expect(read.problem.message).toMatch(/^\S.*\.$/);
        expect(read.problem.message.length).toBeLessThan(400);
      }
    }),
    { numRuns: 500 },
  );
});

function metaOf(recipient: SendRecipient) {
  return recipient.kind === "phone"
    ? { to: expect.stringMatching(/^[1-9][0-9]{6,14}$/) }
    : { recipient: expect.stringMatching(/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/) };
}

function withMessage(message: unknown): Fields {
  return session({ userId: BSUID }, { message });
}

function withSender(sender: unknown): Fields {
  return session({ userId: BSUID }, { sender });
}

function authentication(how: SendCircumstances): SendCircumstances {
  return { ...how, isAuthenticationTemplate: true };
}

test.each<[string, unknown, boolean]>([
  ["as digits", 16044441111, true],
  ["with a fraction of zeros", parseExactJson("16044441111.0"), true],
  ["in another form", parseExactJson("1.6044441111e+10"), true],
  ["that a program shortened", parseExactJson("1.60444e+10"), false],
  ["with a fraction", 16044441111.5, false],
  ["of too many digits", parseExactJson("1234567890123456789"), false],
  ["of zero", 0, false],
])("a recipient's phone that is a JSON number %s is read like a sender's", (_, value, isRead) => {
  const entries = readCampaignSend(campaign(value));
  const outcomes = [
    readSessionSend(session({ id: value })),
    readSessionSend(session({ phoneNumber: value })),
    readTemplateSend(template(value)),
    ...(entries.ok ? entries.entries : []),
  ].map(outcomeOf);
  const fields = ["recipient.id", "recipient.phoneNumber", "number", "entries[0].client"];
  expect(outcomes).toEqual(
    fields.map((field) => (isRead ? PHONE : ["MALFORMED_RECIPIENT", field])),
  );
});
