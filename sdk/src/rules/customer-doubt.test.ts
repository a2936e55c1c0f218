import { expect, test } from "vitest";
import { decideInbound } from "./decide-inbound.ts";
import { parseExactJson } from "./exact-json.ts";
import { readWebhook } from "./read-webhook.ts";
import type { InboundMessage } from "./webhook-item.ts";

const OWN = "5511987654321";
const PHONE = "15550100123";
const BSUID = "US.40000000000000000002";

type Fields = Record<string, unknown>;

/** The decisions about the first message, off and on, as `action case`. */
function decide(message: Fields, contacts: unknown = [], others: Fields[] = []) {
  const text = { id: "wamid.1", timestamp: "1", type: "text", text: { body: "hi" } };
  const messages = [message, ...others].map((fields) => ({ ...text, ...fields }));
  const metadata = { display_phone_number: OWN, phone_number_id: "300000000000001" };
  const value = { metadata, contacts, messages };
  const { items } = readWebhook({ entry: [{ changes: [{ field: "messages", value }] }] });
  const { customer } = items[0] as InboundMessage;
  const [off, on] = [false, true].map((acceptsBsuid) => decideInbound(customer, { acceptsBsuid }));
  if (!off || !on) throw new Error("There is no message.");
  return { off: `${off.action} ${off.case}`, on: `${on.action} ${on.case}`, why: off.why };
}

const withBsuid = (from: unknown) => ({ from, from_user_id: BSUID });

test.each<[string, Fields, unknown, string]>([
  [
    "of an address of a chat",
    withBsuid(`${PHONE}@s.whatsapp.net`),
    [],
    'from is no phone: it looks like "99999999999@x.xxxxxxxx.xxx".',
  ],
  [
    "with an invisible mark that is none of a phone's",
    withBsuid(`1555\u0000${PHONE}`),
    [],
    'from is no phone: it looks like "9999U+000099999999999".',
  ],
  ["of full-width digits", withBsuid("１５５５"), [], 'from is no phone: it looks like "9999".'],
  ["of a word", withBsuid("anonymous"), [], 'from is no phone: it looks like "xxxxxxxxx".'],
  ["of too few digits", { from: "12" }, [], 'from is no phone: it looks like "99".'],
  ["that is a list", withBsuid([PHONE]), [], "from is no phone: it looks like a list."],
  ["that is an object", withBsuid({ id: 1 }), [], "from is no phone: it looks like an object."],
  ["that is false", withBsuid(false), [], "from is no phone: it looks like a boolean."],
  [
    "that a program shortened",
    withBsuid(parseExactJson("1.55501e+10")),
    [],
    'from is no phone: it looks like "9.99999x+99".',
  ],
  [
    "of more digits than any phone has",
    withBsuid("120363025246125016"),
    [],
    'from is no phone: it looks like "999999999999999999".',
  ],
  [
    "that is the group's id",
    { ...withBsuid("15550100777"), group_id: "15550100777" },
    [],
    "from names the group instead of the sender.",
  ],
  [
    "in the contact",
    { from_user_id: BSUID },
    [{ user_id: BSUID, wa_id: "unknown" }],
    'The contact\'s wa_id is no phone: it looks like "xxxxxxx".',
  ],
])(
  "a phone's field %s is refused, on and off, with a description of its shape",
  (_, message, contacts, why) => {
    const { off, on, why: said } = decide(message, contacts);
    expect([off, on]).toEqual(["refuse unreadable", "refuse unreadable"]);
    expect(said).toBe(why);
  },
);

test.each<[string, Fields, unknown[]]>([
  ["in the contact", withBsuid("unknown"), [{ wa_id: PHONE, user_id: BSUID }]],
  ["in the message", withBsuid(PHONE), [{ wa_id: "unknown", user_id: BSUID }]],
  [
    "in another contact",
    { from_user_id: BSUID },
    [
      { wa_id: "unknown", user_id: BSUID },
      { wa_id: PHONE, user_id: BSUID },
    ],
  ],
])("an unreadable phone does not matter if one can be read %s", (_, message, contacts) => {
  for (const order of [contacts, contacts.toReversed()]) {
    const { off, on } = decide(message, order);
    expect([off, on]).toEqual(["accept phone_and_bsuid", "accept phone_and_bsuid"]);
  }
});

test.each([
  ["Mexican", "5215512345678", "525512345678"],
  ["Brazilian", "5511987654322", "551187654322"],
  ["Argentine", "5491112345678", "541112345678"],
  ["with signs", "15550100123", "+1 (555) 010-0123"],
  ["with a mark", "15550100123", "\u202a+15550100123\u202c"],
  ["as a number", "15550100123", 15550100123],
])(
  "contacts that spell a phone differently (%s) do not make a phone-less customer",
  (_, one, other) => {
    const contacts = [one, other].map((wa_id) => ({ wa_id, user_id: BSUID }));
    for (const order of [contacts, contacts.toReversed()]) {
      const { off, on } = decide({ from_user_id: BSUID }, order);
      expect([off, on]).toEqual(["accept phone_and_bsuid", "accept phone_and_bsuid"]);
    }
  },
);

test("a contact is found by its phone in another spelling", () => {
  const { off } = decide({ from: "5215512345678" }, [{ wa_id: "525512345678", user_id: BSUID }]);
  expect(off).toBe("accept phone_and_bsuid");
});

test.each<[string, unknown]>([
  [
    "two phones of one customer",
    [PHONE, "15550100124"].map((wa_id) => ({ wa_id, user_id: BSUID })),
  ],
  ["a phone in a contact that has no BSUID", [{ wa_id: PHONE }]],
  ["a phone in a contact whose BSUID is none", [{ wa_id: PHONE, user_id: "us.4" }]],
  ["a phone in a contact that is no list", { wa_id: PHONE }],
  ["an unreadable phone in a contact that has no BSUID", [{ wa_id: "unknown" }]],
  ["a contact without BSUID whose phone has another name", [{ phone: PHONE }]],
  ["a contact that is a text", [PHONE]],
  ["contacts that are a text", PHONE],
  ["contacts by a key", { 0: { wa_id: PHONE, user_id: BSUID } }],
  ["a phone in a contact with a BSUID that nobody else has", [{ wa_id: PHONE, user_id: "US.777" }]],
  [
    "two phones in contacts with a BSUID that nobody else has",
    [PHONE, "15550100124"].map((wa_id) => ({ wa_id, user_id: "US.777" })),
  ],
])("%s: it may be the sender's, so that nobody is dropped for it", (_, contacts) => {
  const { off, on, why } = decide({ from_user_id: BSUID }, contacts);
  expect([off, on]).toEqual(["refuse unreadable", "accept phone_less"]);
  expect(why).toMatch(/phone/);
});

test.each<[string, Fields[], string]>([
  ["one", [withBsuid(PHONE)], "accept phone_and_bsuid"],
  [
    "two that spell it otherwise",
    [withBsuid(PHONE), withBsuid(`+${PHONE}`)],
    "accept phone_and_bsuid",
  ],
  ["two that do not agree", [withBsuid(PHONE), withBsuid("15550100124")], "refuse unreadable"],
  ["one of somebody else", [{ from: PHONE, from_user_id: "US.777" }], "drop phone_less"],
  ["one with the group's id", [{ ...withBsuid(PHONE), group_id: PHONE }], "drop phone_less"],
])("a phone that another message has beside the BSUID is the sender's: %s", (_, others, off) => {
  expect(decide({ from_user_id: BSUID }, [{ user_id: BSUID }], others).off).toBe(off);
});

test.each(["wa_id", "phone", "phone_number", "phoneNumber", "input"])(
  "a phone in the field %s, where Meta has none, may be the sender's, so that nobody is dropped",
  (field) => {
    const named = { [field]: PHONE };
    const doubtful = [
      decide({ from_user_id: BSUID, ...named }),
      ...(field === "wa_id"
        ? []
        : [decide({ from_user_id: BSUID }, [{ user_id: BSUID, ...named }])]),
    ];
    for (const { off, on, why } of doubtful) {
      expect([off, on]).toEqual(["refuse unreadable", "accept phone_less"]);
      expect(why).toMatch(/a phone in a field in which Meta has none/);
    }
    expect(decide({ from_user_id: BSUID, [field]: "" }).off).toBe("drop phone_less");
    expect(decide({ from_user_id: BSUID, [field]: BSUID }).off).toBe("drop phone_less");
    expect(decide({ from: PHONE, from_user_id: BSUID, [field]: "15550100124" }).off).toBe(
      "accept phone_and_bsuid",
    );
  },
);

test("a group's id in a contact is nobody's phone", () => {
  const group = "15550100777";
  const contacts = [{ wa_id: group, user_id: BSUID }];
  const { off, on } = decide({ from_user_id: BSUID, group_id: group }, contacts);
  expect([off, on]).toEqual(["refuse unreadable", "accept phone_less"]);
});

test.each<[string, unknown[], Fields[]]>([
  [
    "beside a contact of the sender's",
    [{ user_id: BSUID }, { wa_id: PHONE, user_id: "US.777" }],
    [],
  ],
  [
    "of another message's sender, by the BSUID",
    [{ wa_id: PHONE, user_id: "US.777" }],
    [{ from_user_id: "US.777" }],
  ],
  [
    "of another message's sender, by the phone",
    [{ wa_id: PHONE, user_id: "US.777" }],
    [{ from: PHONE }],
  ],
  ["of another message's sender", [{ wa_id: PHONE }], [{ from: PHONE }]],
  [
    "of another message's sender, spelled otherwise",
    [{ wa_id: "525512345678" }],
    [{ from: "5215512345678" }],
  ],
  ["that is empty", [{ wa_id: "" }, { wa_id: null }, {}, null], []],
  ["that is nothing but marks", [{ wa_id: " \u200b" }], []],
])("a contact's phone %s casts no doubt on others", (_, contacts, others) => {
  const { off, on } = decide({ from_user_id: BSUID }, contacts, others);
  expect([off, on]).toEqual(["drop phone_less", "accept phone_less"]);
});

test.each([
  ["as it is", OWN],
  ["in another spelling", "551187654321"],
  ["as a number", Number(OWN)],
])("the business's own number, %s, is not a customer", (_, own) => {
  const byMessage = decide(withBsuid(own));
  const byContact = decide({ from_user_id: BSUID }, [{ wa_id: own, user_id: BSUID }]);
  for (const { off, on, why } of [byMessage, byContact, decide({ from: own })]) {
    expect([off, on]).toEqual(["refuse unidentified", "refuse unidentified"]);
    expect(why).toBe("The sender's phone is the business's own number, which is no customer.");
  }
});

test.each([
  ["user.13490000000000002101", '"xxxx.99999999999999999999"'],
  ["us.4000", '"xx.9999"'],
  ["US.40000\u200b0", '"XX.99999U+200B9"'],
  ["US.4000\n", '"XX.9999U+000A"'],
  [4e15, '"9999999999999999"'],
])("a malformed id, %j, is reported differently from a missing one", (user, shape) => {
  const { off, on, why } = decide({ from_user_id: user });
  expect([off, on]).toEqual(["refuse unidentified", "refuse unidentified"]);
  expect(why).toBe(`from_user_id is no BSUID, and there is no phone: it looks like ${shape}.`);
  expect(decide({}).why).not.toMatch(/looks like/);
  expect(decide({ from: PHONE, from_user_id: user }).off).toBe("accept legacy");
});

test("a system message of an unknown kind is refused where a customer would be dropped, and not counted", () => {
  const read = (fields: Fields) => {
    const message = { id: "wamid.1", timestamp: "1", ...fields };
    const metadata = { display_phone_number: OWN, phone_number_id: "300000000000001" };
    const value = { metadata, messages: [message] };
    const { items } = readWebhook({ entry: [{ changes: [{ field: "messages", value }] }] });
    return items[0] as InboundMessage;
  };
  const kinds = [undefined, null, {}, { type: "user_joined" }, { body: "Ana joined", type: 7 }, []];
  for (const system of kinds) {
    const type = "system";
    const fields = { type, system, from_user_id: BSUID };
    const { off, on, why } = decide(fields);
    expect([off, on]).toEqual(["refuse unreadable", "accept phone_less"]);
    expect(why).toMatch(/^A system message of a kind that is not known/);
    expect(decide({ ...fields, from: PHONE }).off).toBe("accept phone_and_bsuid");
    expect(decide({ type, system }).off).toBe("refuse unidentified");
    expect(read(fields).isFromCustomer).toBe(false);
  }
  const isFromCustomer = (type: string) => read({ type, from: PHONE }).isFromCustomer;
  expect(["request_welcome", "text", "unsupported", "edit"].map(isFromCustomer)).toEqual([
    false,
    true,
    true,
    true,
  ]);
});
