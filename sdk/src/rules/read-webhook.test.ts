import { expect, test } from "vitest";
import { readWebhook } from "./read-webhook.ts";
import { SAMPLE_PAYLOADS } from "./sample-payloads.ts";
import type { Customer, InboundMessage } from "./webhook-item.ts";

const PHONE = "15550100123";
const BSUID = "US.40000000000000000002";
const PARENT = "US.ENT.50000000000000000002";
const METADATA = { display_phone_number: "15550100199", phone_number_id: "300000000000001" };
const UNKNOWN: Customer = {
  phone: null,
  bsuid: null,
  parentBsuid: null,
  name: null,
  username: null,
  doubt: null,
};

type Fields = Record<string, unknown>;

function webhook(value: unknown, field: unknown = "messages"): Fields {
  const changes = [{ field, value }];
  return { object: "whatsapp_business_account", entry: [{ id: "200000000000001", changes }] };
}

function aMessage(fields: Fields): Fields {
  return { id: "wamid.1", timestamp: "1790000000", type: "text", text: { body: "hi" }, ...fields };
}

function read(contacts: unknown, ...messages: unknown[]) {
  return readWebhook(webhook({ metadata: METADATA, contacts, messages }));
}

function customersOf(contacts: unknown, ...messages: unknown[]): Customer[] {
  const { items, problems } = read(contacts, ...messages);
  expect(problems).toEqual([]);
  return items.map((item) => (item as InboundMessage).customer);
}

test("each sample payload is read, and only intended faults are problems", () => {
  for (const { id, payload } of SAMPLE_PAYLOADS) {
    const { items, problems } = readWebhook(payload);
    expect(items.length, id).toBeGreaterThan(0);
    expect(problems, id).toHaveLength(id === "batch" ? 1 : 0);
  }
});

test("a message has its number, its customer and Meta's message as it came", () => {
  const sample = SAMPLE_PAYLOADS.find(({ id }) => id === "phone-less")?.payload;
  const { items } = readWebhook(sample);
  expect(items).toEqual([
    {
      kind: "message",
      path: "entry[0].changes[0].value.messages[0]",
      number: {
        phoneNumberId: "300000000000001",
        displayPhoneNumber: "+15550100199",
        wabaId: "200000000000001",
      },
      id: "wamid.A1",
      timestamp: "1790000000",
      type: "text",
      customer: {
        ...UNKNOWN,
        bsuid: "US.40000000000000000001",
        name: "Ana P",
        username: "anap.01",
      },
      groupId: null,
      isChatOpening: false,
      isFromCustomer: true,
      content: expect.objectContaining({ text: { body: "hi" } }),
    },
  ]);
});

// The field rules of inbound messages, and edge cases seen in practice.
test.each<[string, Fields, Fields[], Partial<Customer>]>([
  ["both ids in the message", { from: PHONE, from_user_id: BSUID }, [], both()],
  ["`from` only", { from: PHONE }, [], { phone: `+${PHONE}` }],
  ["`from_user_id` only", { from_user_id: BSUID }, [], { bsuid: BSUID }],
  ["`from` with a plus and blanks", { from: "+1 (555) 010-0123" }, [], { phone: `+${PHONE}` }],
  ["`from` null, as absent", { from: null, from_user_id: BSUID }, [], { bsuid: BSUID }],
  ["`from` empty: documents before February 2026", fromIs(""), [], { bsuid: BSUID }],
  ["`from` blank", fromIs("  "), [], { bsuid: BSUID }],
  ["`from_user_id` empty", { from: PHONE, from_user_id: "" }, [], { phone: `+${PHONE}` }],
  ["a BSUID in `from`", { from: BSUID }, [], { bsuid: BSUID }],
  ["a BSUID in `from` and another in `from_user_id`", fromIs("US.1"), [], { bsuid: BSUID }],
  [
    "a BSUID in the contact's `wa_id`",
    { from_user_id: BSUID },
    [{ wa_id: BSUID }],
    { bsuid: BSUID },
  ],
  ["`wa_id` there, `from` absent", { from_user_id: BSUID }, [contact()], both()],
  ["`from_user_id` absent, the contact has it", { from: PHONE }, [contact()], both()],
  ["`wa_id` absent, `from` there", { from: PHONE }, [{ user_id: BSUID }], { phone: `+${PHONE}` }],
  ["nothing", {}, [contact()], {}],
  ["the phone as a number", { from: 15550100123 }, [], { phone: `+${PHONE}` }],
  ["the contact's phone as a number", fromIs(null), [{ ...contact(), wa_id: 15550100123 }], both()],
  ["`from` with invisible marks", fromIs(`\u202a+${PHONE}\u202c`), [], both()],
  ["`from` of nothing but invisible marks", fromIs("\u200b"), [], { bsuid: BSUID }],
  [
    "a parent beside the regular one",
    parent({ from_user_id: BSUID }),
    [],
    andParent({ bsuid: BSUID }),
  ],
  ["only a parent", parent({}), [], andParent({})],
  ["a parent in the regular one's field", { from_user_id: PARENT }, [], andParent({})],
  ["a parent in the phone's field", { from: PARENT }, [], andParent({})],
  ["a regular one in the parent's field", { from_parent_user_id: BSUID }, [], {}],
  [
    "a parent in the regular one's field of the contact",
    { from: PHONE },
    [{ wa_id: PHONE, user_id: PARENT }],
    andParent({ phone: `+${PHONE}` }),
  ],
  [
    "a parent only in the contact",
    { from_user_id: BSUID },
    [{ user_id: BSUID, parent_user_id: PARENT }],
    andParent({ bsuid: BSUID }),
  ],
  ["a name", { from: PHONE }, [named({ wa_id: PHONE })], { phone: `+${PHONE}`, name: "Bo K" }],
  ["a contact without a profile", { from: PHONE }, [{ wa_id: PHONE }], { phone: `+${PHONE}` }],
  [
    "a username and no name",
    { from_user_id: BSUID },
    [{ user_id: BSUID, profile: { username: "bo.k" } }],
    { bsuid: BSUID, username: "bo.k" },
  ],
  [
    "a username only, which is no key",
    { username: "bo.k" },
    [{ profile: { username: "bo.k" } }],
    {},
  ],
  [
    "a name that is no text",
    { from: PHONE },
    [{ wa_id: PHONE, profile: { name: 7 } }],
    { phone: `+${PHONE}` },
  ],
  [
    "a context with ids of somebody else",
    { from: PHONE, context: { from: "15550100777", from_user_id: "US.777" } },
    [],
    { phone: `+${PHONE}` },
  ],
  [
    "the contact found by phone with plus and blanks",
    { from: PHONE },
    [named({ wa_id: "+1 555 010 0123", user_id: BSUID })],
    { ...both(), name: "Bo K" },
  ],
])("%s", (_, fields, contacts, ids) => {
  expect(customersOf(contacts, aMessage(fields))).toEqual([{ ...UNKNOWN, ...ids }]);
});

// Whose contact it is.
test.each<[string, Fields, Fields[], Partial<Customer>]>([
  [
    "a contact without ids lends its name to nobody, alone or among others",
    { from_user_id: BSUID },
    [{ profile: { name: "No Id" } }],
    { bsuid: BSUID },
  ],
  [
    "a message without ids gets no contact, not even the only one",
    {},
    [named({ wa_id: PHONE, user_id: BSUID })],
    {},
  ],
  [
    "somebody else's contact at the same place is not taken",
    { from_user_id: BSUID },
    [named({ user_id: "US.777" })],
    { bsuid: BSUID },
  ],
  [
    "a contact with the phone and another BSUID is somebody else",
    { from: PHONE, from_user_id: BSUID },
    [named({ wa_id: PHONE, user_id: "US.777" })],
    both(),
  ],
  [
    "a contact with the BSUID and another phone is the same one, whose message's phone counts",
    { from: PHONE, from_user_id: BSUID },
    [named({ wa_id: "15550100777", user_id: BSUID })],
    { ...both(), name: "Bo K" },
  ],
  [
    "two contacts of one customer complete each other",
    { from: PHONE },
    [{ wa_id: PHONE, user_id: BSUID }, named({ wa_id: PHONE })],
    { ...both(), name: "Bo K" },
  ],
  [
    "where two contacts give one phone different BSUIDs, neither is believed",
    { from: PHONE },
    [named({ wa_id: PHONE, user_id: BSUID }), named({ wa_id: PHONE, user_id: "US.777" })],
    { phone: `+${PHONE}` },
  ],
  [
    "where two contacts disagree on the name, there is none",
    { from_user_id: BSUID },
    [named({ user_id: BSUID }), { user_id: BSUID, profile: { name: "Another" } }],
    { bsuid: BSUID },
  ],
])("%s", (_, fields, contacts, ids) => {
  const expected = [{ ...UNKNOWN, ...ids }];
  expect(customersOf(contacts, aMessage(fields))).toEqual(expected);
  expect(customersOf([...contacts].reverse(), aMessage(fields))).toEqual(expected);
});

test("a batch keeps customers and numbers apart, and loses only the broken item", () => {
  const batch = SAMPLE_PAYLOADS.find(({ id }) => id === "batch")?.payload;
  const { items, problems } = readWebhook(batch);
  const messages = items as InboundMessage[];
  expect(messages.map(({ id }) => id)).toEqual(["wamid.M1", "wamid.M2", "wamid.M3", "wamid.M4"]);
  expect(messages.map(({ customer }) => customer.name)).toEqual(["Ana P", "Bo K", "Cy L", "Ana P"]);
  expect(messages.map(({ number }) => number.phoneNumberId.slice(-1))).toEqual([
    "1",
    "1",
    "1",
    "2",
  ]);
  expect(problems).toEqual([
    {
      path: "entry[0].changes[0].value.messages[3]",
      messageId: null,
      phoneNumberId: "300000000000001",
      message: "The message has no id.",
      code: null,
    },
  ]);
});

test.each<[string, Fields, string | null]>([
  ["a string of digits", { phone_number_id: "106540352242922" }, "106540352242922"],
  ["an exact JSON number", { phone_number_id: 106540352242922 }, "106540352242922"],
  [
    "a JSON number that was rounded when parsed",
    { phone_number_id: JSON.parse("10654035224292212345") },
    null,
  ],
  ["a number with a fraction", { phone_number_id: 1065403522.5 }, null],
  ["a negative number", { phone_number_id: -106540352242922 }, null],
  ["letters", { phone_number_id: "abc" }, null],
  ["digits and a newline", { phone_number_id: "106540352242922\n" }, null],
  ["full-width digits", { phone_number_id: "１０６" }, null],
  ["more digits than any id has", { phone_number_id: "1".repeat(33) }, null],
  ["nothing", {}, null],
  ["a list", { phone_number_id: ["106540352242922"] }, null],
])("phone_number_id as %s", (_, metadata, phoneNumberId) => {
  const { items, problems } = readWebhook(
    webhook({ metadata, messages: [aMessage({ from: PHONE })] }),
  );
  if (phoneNumberId !== null) {
    expect(items).toMatchObject([{ number: { phoneNumberId } }]);
    return;
  }
  expect(items).toEqual([]);
  expect(problems).toMatchObject([{ messageId: "wamid.1", phoneNumberId: null }]);
});

test.each<[string, Fields, string]>([
  ["without an id", { id: undefined }, "The message has no id."],
  ["with a blank id", { id: " " }, "The message has no id."],
  ["without a timestamp", { timestamp: null }, "The message has no timestamp in seconds."],
  [
    "with a date for a timestamp",
    { timestamp: "2026-11-22" },
    "The message has no timestamp in seconds.",
  ],
  ["without a type", { type: undefined }, "The message has no type."],
])("a message %s is a problem, and the next one is read", (_, fields, message) => {
  const { items, problems } = read(
    [],
    aMessage({ from: PHONE, ...fields }),
    aMessage({ id: "next" }),
  );
  expect(problems).toMatchObject([{ path: "entry[0].changes[0].value.messages[0]", message }]);
  expect(items).toMatchObject([{ id: "next" }]);
});

test.each(["image", "unsupported", "reaction", "edit", "revoke", "order", "from_the_future"])(
  "a message of type %s is a message",
  (type) => {
    expect(read([], aMessage({ from: PHONE, type })).items).toMatchObject([
      { kind: "message", type },
    ]);
  },
);

test("a timestamp as an exact number is accepted, and a system message of another type is a message", () => {
  const system = { type: "system", system: { type: "customer_identity_changed", wa_id: PHONE } };
  const { items } = read([], aMessage({ from: PHONE, timestamp: 1790000000, ...system }));
  expect(items).toMatchObject([{ kind: "message", type: "system", timestamp: "1790000000" }]);
});

test("a group's message names the group, and its customer is the sender", () => {
  const { items } = read([contact()], aMessage({ from: PHONE, group_id: "Z3JvdXA" }));
  expect(items).toMatchObject([{ groupId: "Z3JvdXA", customer: both() }]);
});

test.each<[string, unknown, string]>([
  ["a text", "{}", ""],
  ["null", null, ""],
  ["a list", [], ""],
  ["another product's webhook", { object: "page", entry: [] }, "object"],
  ["no entries", { object: "whatsapp_business_account" }, "entry"],
  ["entries that are no list", { entry: {} }, "entry"],
  ["an entry that is no object", { entry: [7] }, "entry[0]"],
  ["an entry without changes", { entry: [{}] }, "entry[0]"],
  ["a change that is no object", { entry: [{ changes: [null] }] }, "entry[0].changes[0]"],
  ["a change without a field", { entry: [{ changes: [{}] }] }, "entry[0].changes[0]"],
  ["a change without a value", webhook(null), "entry[0].changes[0].value"],
  ["messages that are no list", webhook({ messages: {} }), "entry[0].changes[0].value.messages"],
  [
    "a message that is no object",
    webhook({ messages: ["hi"] }),
    "entry[0].changes[0].value.messages[0]",
  ],
])("%s is one problem and no item", (_, body, path) => {
  const { items, problems } = readWebhook(body);
  expect(items).toEqual([]);
  expect(problems).toMatchObject([{ path }]);
  expect(problems[0]?.message).toMatch(/^[A-Z].*\.$/);
});

test.each(["calls", "history", "user_preferences", "smb_message_echoes", "__proto__", "toString"])(
  "a change of field %s is reported by its name",
  (field) => {
    const { items } = readWebhook(webhook({ metadata: METADATA, [field]: [{}] }, field));
    expect(items).toMatchObject([
      { kind: "other", field, number: { phoneNumberId: METADATA.phone_number_id } },
    ]);
  },
);

test.each<[string, unknown, { code: number | null; message: string }[]]>([
  [
    "a list",
    [
      {
        code: 131060,
        title: "This message is unavailable",
        message: "This message is unavailable",
      },
      { code: 130429, title: "Rate limit hit", error_data: { details: "Too many messages." } },
    ],
    [
      { code: 131060, message: "Meta reports: This message is unavailable" },
      { code: 130429, message: "Meta reports: Rate limit hit: Too many messages." },
    ],
  ],
  [
    "one alone",
    { code: "131051" },
    [{ code: 131051, message: "Meta reports an error and does not say which." }],
  ],
  ["one without a code", [{ title: "X" }], [{ code: null, message: "Meta reports: X" }]],
  [
    "words without end",
    [{ title: "x".repeat(9_000) }],
    [{ code: null, message: `Meta reports: ${"x".repeat(300)}` }],
  ],
  [
    "words that are cut where they name somebody",
    [`${"x".repeat(293)} +15550100123`, `${"x".repeat(296)} ${BSUID}`],
    [
      { code: null, message: `Meta reports: ${"x".repeat(293)} (id)` },
      { code: null, message: `Meta reports: ${"x".repeat(296)} (id` },
    ],
  ],
  ["a text", "boom", [{ code: null, message: "Meta reports: boom" }]],
  ["a code", 131000, [{ code: 131000, message: "Meta reports an error and does not say which." }]],
  [
    "texts and codes in a list",
    ["x", null, "7"],
    [
      { code: null, message: "Meta reports: x" },
      { code: 7, message: "Meta reports an error and does not say which." },
    ],
  ],
  [
    "words that name somebody",
    [{ title: `Not sent to ${BSUID} or +1 (555) 010-0123`, message: "In version 24.0" }],
    [{ code: null, message: "Meta reports: Not sent to (id) or (id): In version 24.0" }],
  ],
])("each error that Meta reports in place of items is a problem: %s", (_, errors, expected) => {
  const { items, problems } = readWebhook(webhook({ metadata: METADATA, errors }));
  const phoneNumberId = METADATA.phone_number_id;
  expect(problems).toMatchObject(
    expected.map((one) => ({ ...one, phoneNumberId, messageId: null })),
  );
  expect(problems).toHaveLength(expected.length);
  expect(items).toEqual([]);
});

test.each<[string, Fields, string, string | null]>([
  ["the payload", { errors: ["boom"], entry: [] }, "errors[0]", null],
  ["an entry", { entry: [{ errors: "boom", changes: [] }] }, "entry[0].errors", null],
  [
    "a change",
    { entry: [{ changes: [{ field: "calls", error: "boom", value: { metadata: METADATA } }] }] },
    "entry[0].changes[0].error",
    METADATA.phone_number_id,
  ],
])("an error of %s is reported, wherever it is", (_, body, path, phoneNumberId) => {
  const { items, problems } = readWebhook(body);
  expect(items).toEqual([]);
  expect(problems).toMatchObject([{ path, phoneNumberId, message: "Meta reports: boom" }]);
});

test.each(["Messages", "messages ", "message", "standby"])(
  "messages under the field %j are reported one by one",
  (field) => {
    const messages = [aMessage({ from: PHONE, id: "wamid.1" }), null, { id: "wamid.2" }];
    const { items, problems } = readWebhook(webhook({ metadata: METADATA, messages }, field));
    expect(items).toMatchObject([{ kind: "other", field }]);
    const about = { phoneNumberId: METADATA.phone_number_id };
    expect(problems).toMatchObject([
      { ...about, messageId: "wamid.1" },
      { ...about, messageId: "wamid.2" },
    ]);
  },
);

test("statuses under another field are reported one by one, except those of calls", () => {
  const statuses = [{ id: "wamid.1", status: "read" }, { id: "wamid.2" }];
  const read = (field: string) => readWebhook(webhook({ metadata: METADATA, statuses }, field));
  expect(read("statuses").problems).toMatchObject([
    { messageId: "wamid.1", message: expect.stringContaining("has statuses under another field") },
    { messageId: "wamid.2" },
  ]);
  expect(read("calls").problems).toEqual([]);
});

test("an unknown list beside messages is counted by its name", () => {
  const lists = { messages: [], reactions: [{ id: "wamid.1" }], polls: [], note: "x" };
  const { items, problems } = readWebhook(webhook({ metadata: METADATA, ...lists }));
  expect(problems).toEqual([]);
  expect(items).toMatchObject([{ kind: "other", field: "messages.reactions" }]);
});

test.each([{}, { message: { id: "wamid.1" } }, { errors: [] }, { user_id_update: [{}] }])(
  "a change of messages with nothing known in it is reported: %j",
  (value) => {
    const { items, problems } = readWebhook(webhook({ metadata: METADATA, ...value }));
    expect(items).toEqual([]);
    expect(problems).toMatchObject([
      {
        phoneNumberId: METADATA.phone_number_id,
        message: "The change has no messages or statuses.",
      },
    ]);
  },
);

test("a message and a status that stand alone instead of in a list are read", () => {
  const status = { id: "wamid.1", status: "sent", timestamp: "1", recipient_id: PHONE };
  const value = { metadata: METADATA, messages: aMessage({ from: PHONE }), statuses: status };
  const { items, problems } = readWebhook(webhook(value));
  expect(problems).toEqual([]);
  expect(items).toMatchObject([{ kind: "message" }, { kind: "status" }]);
});

test("an error beside messages does not affect them", () => {
  const value = {
    metadata: METADATA,
    errors: [{ code: 1 }],
    messages: [aMessage({ from: PHONE })],
  };
  const { items, problems } = readWebhook(webhook(value));
  expect(items).toMatchObject([{ kind: "message" }]);
  expect(problems).toMatchObject([{ code: 1 }]);
});

test("keys of prototypes are data like any other", () => {
  const body = JSON.parse(
    `{"__proto__":{"entry":[]},"constructor":1,"entry":[{"changes":[{"field":"messages","value":{
      "__proto__":{"messages":[]},"metadata":{"phone_number_id":"300000000000001"},
      "contacts":[{"__proto__":{"wa_id":"${PHONE}"},"profile":{"name":"Mallory"}}],
      "messages":[{"id":"wamid.1","timestamp":"1","type":"__proto__","__proto__":{"from":"${PHONE}"}}]}}]}]}`,
  );
  const { items } = readWebhook(body);
  expect(items).toMatchObject([{ type: "__proto__", customer: UNKNOWN }]);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  expect(({} as Fields).from).toBeUndefined();
});

function contact(): Fields {
  return { wa_id: PHONE, user_id: BSUID };
}

function named(ids: Fields): Fields {
  return { ...ids, profile: { name: "Bo K" } };
}

function both(): Partial<Customer> {
  return { phone: `+${PHONE}`, bsuid: BSUID };
}

function fromIs(from: unknown): Fields {
  return { from, from_user_id: BSUID };
}

function parent(fields: Fields): Fields {
  return { ...fields, from_parent_user_id: PARENT };
}

function andParent(ids: Partial<Customer>): Partial<Customer> {
  return { ...ids, parentBsuid: PARENT };
}

test("an entry, change or message that stands alone where Meta has a list of one is read", () => {
  const message = { id: "wamid.1", timestamp: "1", type: "text", from: PHONE };
  const value = { metadata: { phone_number_id: "300000000000001" }, messages: message };
  const entry = { id: "200000000000001", changes: { field: "messages", value } };
  const path = "entry.changes.value.messages";
  const { items, problems } = readWebhook({ entry });
  expect(problems).toEqual([]);
  expect(items).toMatchObject([{ kind: "message", path, number: { wabaId: entry.id } }]);
});
