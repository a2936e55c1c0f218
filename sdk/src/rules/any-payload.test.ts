import fc from "fast-check";
import { expect, test } from "vitest";
import { parseBsuid } from "./bsuid.ts";
import { toCustomerObject } from "./customer-object.ts";
import { decideInbound } from "./decide-inbound.ts";
import { toMessageWebhook } from "./message-webhook.ts";
import { readWebhook } from "./read-webhook.ts";
import { toStatusWebhook } from "./status-webhook.ts";
import type { InboundMessage } from "./webhook-item.ts";

const flag = fc.record({ acceptsBsuid: fc.boolean() });
const bsuid = fc.stringMatching(/^[A-Z]{2}\.[A-Za-z0-9]{1,20}$/);
const parent = fc.stringMatching(/^[A-Z]{2}\.ENT\.[A-Za-z0-9]{1,20}$/);
const phone = fc.stringMatching(/^[1-9][0-9]{6,14}$/);
const text = fc.string({ unit: "binary" });
/** Anything in place of an id: valid ones, nearly valid ones, other types. */
const id = fc.oneof(bsuid, parent, phone, text, fc.constantFrom("", " ", null), fc.anything());
const seconds = fc.oneof({ weight: 5, arbitrary: fc.constant("1790000000") }, id);
const wamid = fc.oneof({ weight: 5, arbitrary: fc.constant("wamid.1") }, id);
const type = fc.oneof(fc.constantFrom("text", "system", "image", "__proto__"), id);

const part = { requiredKeys: [] as [] };
const contact = fc.record(
  { wa_id: id, user_id: id, parent_user_id: id, profile: fc.anything() },
  part,
);
const systemType = fc.constantFrom("user_changed_number", "user_changed_user_id", "else");
const system = fc.record({ type: systemType, user_id: id, wa_id: id, body: text }, part);
const message = fc.record(
  {
    id: wamid,
    timestamp: seconds,
    type,
    from: id,
    from_user_id: id,
    from_parent_user_id: id,
    group_id: id,
    text: fc.anything(),
    image: fc.anything(),
    referral: fc.anything(),
    system: fc.oneof(system, fc.anything()),
  },
  part,
);
const status = fc.record(
  {
    id: wamid,
    timestamp: seconds,
    status: fc.oneof(fc.constantFrom("sent", "failed"), id),
    recipient_id: id,
    recipient_user_id: id,
    recipient_type: fc.oneof(fc.constant("group"), id),
    recipient_participant_user_id: id,
    errors: fc.anything(),
  },
  part,
);
const listOf = (one: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary: fc.array(one, { maxLength: 6 }) }, fc.anything());
const metadata = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ phone_number_id: "300000000000001" }) },
  fc.anything(),
);
const update = fc.record(
  { timestamp: seconds, user_id: fc.record({ previous: id, current: id }) },
  part,
);
const value = fc.record(
  {
    metadata,
    contacts: listOf(contact),
    messages: listOf(message),
    statuses: listOf(status),
    user_id_update: listOf(update),
  },
  part,
);
const field = fc.oneof(fc.constantFrom("messages", "user_id_update", "calls"), fc.anything());
const change = fc.oneof({ weight: 6, arbitrary: fc.record({ field, value }, part) }, fc.anything());
const entry = fc.oneof(
  { weight: 6, arbitrary: fc.record({ id, changes: listOf(change) }) },
  fc.anything(),
);
const payload = fc.record({ entry: listOf(entry) });
const anyPayload = fc.oneof({ weight: 8, arbitrary: payload }, fc.anything(), fc.jsonValue());

test("any payload: no exception, and for each message a decision and webhooks", () => {
  fc.assert(
    fc.property(anyPayload, flag, (body, how) => {
      const { items, problems } = readWebhook(body);
      for (const problem of problems) expect(problem.message).toMatch(/\.$/);
      for (const item of items) {
        if (item.kind === "status") toStatusWebhook(item, { flag: how });
        if (item.kind !== "message") continue;
        const decision = decideInbound(item.customer, how);
        expect(["accept", "drop", "refuse"]).toContain(decision.action);
        const { phone, bsuid, doubt } = item.customer;
        const hasIds = phone !== null || bsuid !== null;
        expect(decision.action !== "accept" || hasIds).toBe(true);
        if (doubt === null) expect(decision.action === "refuse").toBe(!hasIds);
        if (decision.action === "drop") {
          expect(how.acceptsBsuid).toBe(false);
          expect(item.customer).toMatchObject({ phone: null, doubt: null });
        }
        toMessageWebhook(item, how);
      }
    }),
    { numRuns: 500 },
  );
});

test("any payload: only a phone or a regular BSUID becomes an id", () => {
  fc.assert(
    fc.property(anyPayload, (body) => {
      for (const item of readWebhook(body).items) {
        if (item.kind !== "message" && item.kind !== "status") continue;
        const { id: key, ...object } = toCustomerObject(item.customer, { acceptsBsuid: true });
        const userId = "userId" in object ? object.userId : "missing";
        expect(userId === "" || parseBsuid(userId)?.isParent === false).toBe(true);
        expect(key === "" || key === userId || /^\+[1-9][0-9]{6,14}$/.test(key)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test("whatever is in a phone's field, nobody is dropped as phone-less because of it", () => {
  const mark = fc.constantFrom(
    "\u200b",
    "\u202a",
    "\u00a0",
    "\ufeff",
    " ",
    "\n",
    "@c.us",
    "+",
    "x",
  );
  const spelled = fc
    .tuple(mark, fc.oneof(phone, fc.stringMatching(/^[0-9]{1,25}$/)), mark)
    .map((parts) => parts.join(""));
  const something = fc
    .oneof(phone, phone.map(Number), spelled, text, fc.double(), fc.boolean(), fc.anything())
    .filter((value) => !isBsuidOrNothing(value));
  const place = fc.constantFrom("from", "contact", "two contacts", "contact without BSUID");
  fc.assert(
    fc.property(bsuid, something, something, place, (user, one, other, where) => {
      const message = { id: "wamid.1", timestamp: "1", type: "text", from_user_id: user };
      const contacts = [
        ...(where === "contact" || where === "two contacts" ? [{ wa_id: one, user_id: user }] : []),
        ...(where === "two contacts" ? [{ wa_id: other, user_id: user }] : []),
        ...(where === "contact without BSUID" ? [{ wa_id: one }] : []),
      ];
      const from = where === "from" ? { from: one } : {};
      const [item] = readWebhook(wrap(contacts, [{ ...message, ...from }])).items;
      const decision = decideInbound((item as InboundMessage).customer, { acceptsBsuid: false });
      expect(decision.action).not.toBe("drop");
    }),
    { numRuns: 2_000 },
  );
});

test("whatever a message contains, all of it is in the webhook, except BSUIDs on a number that is off", () => {
  const leaf = fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie("tree"), { maxKeys: 3 }),
    ),
  }));
  const types = [...MESSAGE_TYPES, "from_the_future"];
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.dictionary(fc.constantFrom("context", "referral", "errors", "origin", ...types), tree),
      flag,
      (kind, fields, how) => {
        const ids = { from: "15550100123", from_user_id: "US.1" };
        const given = { ...fields, id: "wamid.1", timestamp: "1", type: kind, ...ids };
        const body = JSON.parse(JSON.stringify(wrap([], [given])));
        const [item] = readWebhook(body).items;
        const webhook = JSON.parse(JSON.stringify(toMessageWebhook(item as InboundMessage, how)));
        const { from_user_id, ...rest } = JSON.parse(JSON.stringify(given));
        expect(webhook.original).toMatchObject(withoutQuotedBsuid(rest, how.acceptsBsuid));
        if (how.acceptsBsuid) expect(webhook.original.from_user_id).toBe(from_user_id);
      },
    ),
    { numRuns: 500 },
  );
});

test("an unreadable item is one problem, and does not affect the others", () => {
  const broken = fc.oneof(fc.constant({}), fc.constant({ id: "wamid.9" }), fc.integer(), text);
  fc.assert(
    fc.property(fc.array(message), broken, fc.nat(), (messages, wrong, at) => {
      const place = at % (messages.length + 1);
      const without = readWebhook(wrap([], messages));
      const withIt = readWebhook(wrap([], messages.toSpliced(place, 0, wrong as object)));
      expect(withIt.problems).toHaveLength(without.problems.length + 1);
      expect(withIt.items.map(withoutPath)).toEqual(without.items.map(withoutPath));
    }),
  );
});

test("a customer is the same whatever the order of contacts, and never mixed with another", () => {
  const customer = fc.record({ bsuid, phone, name: fc.string({ minLength: 1 }) });
  const unique = { minLength: 1, maxLength: 8, comparator: sharesAnId };
  const customers = fc.uniqueArray(customer, unique);
  const ways = fc.array(fc.constantFrom("phone", "bsuid", "both"), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(
      customers,
      ways,
      fc.infiniteStream(fc.double({ noNaN: true })),
      (all, how, random) => {
        const contacts: object[] = all.map((one) => ({
          wa_id: one.phone,
          user_id: one.bsuid,
          profile: { name: one.name },
        }));
        contacts.push({ profile: { name: "No Id" } });
        const messages = all.map((one, at) => ({
          id: `wamid.${at}`,
          timestamp: "1",
          type: "text",
          ...(how[at] === "bsuid" ? {} : { from: one.phone }),
          ...(how[at] === "phone" ? {} : { from_user_id: one.bsuid }),
        }));
        const keys = contacts.map((contact) => ({ contact, key: random.next().value as number }));
        const shuffled = keys.sort((a, b) => a.key - b.key).map(({ contact }) => contact);
        const read = readWebhook(wrap(shuffled, messages));
        expect(read).toEqual(readWebhook(wrap(contacts, messages)));
        const customers = (read.items as InboundMessage[]).map((item) => item.customer);
        expect(customers).toMatchObject(
          all.map((one) => ({
            phone: `+${one.phone}`,
            bsuid: one.bsuid,
            name: one.name.trim() === "" ? null : one.name,
          })),
        );
      },
    ),
  );
});

test("any contacts in any order give the same customers", () => {
  // Few ids, so that contacts often speak of the same customer and often disagree.
  const few = fc.constantFrom("15550100123", "15550100124", "US.1", "US.2", "US.ENT.1", undefined);
  const one = fc.record({
    wa_id: few,
    user_id: few,
    parent_user_id: few,
    profile: fc.record({ name: fc.constantFrom("Ana", "Bo", undefined) }),
  });
  const from = fc.record({ from: few, from_user_id: few });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 6 }), fc.array(from), (contacts, froms) => {
      const messages = froms.map((ids) => ({
        id: "wamid.1",
        timestamp: "1",
        type: "text",
        ...ids,
      }));
      const inOrder = readWebhook(wrap(contacts, messages));
      expect(readWebhook(wrap(contacts.toReversed(), messages))).toEqual(inOrder);
      const sorted = contacts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      expect(readWebhook(wrap(sorted, messages))).toEqual(inOrder);
    }),
    { numRuns: 1_000 },
  );
});

test("extreme payloads are read: a megabyte of text, deep nesting, lone surrogates", () => {
  const megabyte = "x".repeat(1_000_000);
  const deep = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`);
  const messages = [
    { id: megabyte, timestamp: "1", type: "text", from: megabyte, from_user_id: megabyte },
    { id: "a", timestamp: megabyte, type: megabyte, from: "15550100123" },
    { id: "b", timestamp: "1", type: "text", from: deep, text: deep, from_user_id: deep },
    { id: "\ud800", timestamp: "1", type: "text", from: "15550100123", text: { body: "\udfff" } },
  ];
  const contacts = [{ wa_id: "15550100123", profile: { name: "\ud800" } }, deep];
  const { items, problems } = readWebhook(wrap(contacts, messages));
  expect(problems).toHaveLength(1);
  expect(items).toMatchObject([
    { customer: { phone: null, bsuid: null } },
    { customer: { phone: null, bsuid: null } },
    { customer: { phone: "+15550100123", name: "\ud800" } },
  ]);
});

test.each([
  ["all contacts have one id", () => "15550100123"],
  ["each has its own", (at: number) => String(15_550_000_000 + at)],
])("a batch of 100,000 takes linear time where %s", (_, phoneOf) => {
  const size = 100_000;
  const contacts = Array.from({ length: size }, (_, at) => ({
    wa_id: phoneOf(at),
    user_id: "US.1",
  }));
  const messages = Array.from({ length: size }, (_, at) => ({
    id: `wamid.${at}`,
    timestamp: "1",
    type: "text",
    from: phoneOf(at),
  }));
  const body = wrap(contacts, messages);
  const before = process.threadCpuUsage();
  expect(readWebhook(body).items).toHaveLength(size);
  // CPU time of this thread, so that a busy machine does not matter. Ten billion comparisons would take longer.
  expect(process.threadCpuUsage(before).user / 1e6).toBeLessThan(4);
});

function wrap(contacts: unknown, messages: unknown[]) {
  const inside = { metadata: { phone_number_id: "300000000000001" }, contacts, messages };
  return { entry: [{ changes: [{ field: "messages", value: inside }] }] };
}

function withoutPath<Item extends { path: string }>({ path: _, ...rest }: Item) {
  return rest;
}

const MESSAGE_TYPES = [
  "text",
  "image",
  "button",
  "interactive",
  "contacts",
  "order",
  "unsupported",
  "edit",
  "revoke",
];

/** Whether a value in a phone's field means "no", or is a BSUID. */
function isBsuidOrNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== "string") return false;
  return parseBsuid(value) !== null || /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u.test(value);
}

function withoutQuotedBsuid(message: Record<string, unknown>, acceptsBsuid: boolean) {
  const { context } = message;
  if (acceptsBsuid || typeof context !== "object" || context === null || Array.isArray(context))
    return message;
  const keys = Object.entries(context).filter(([key]) => !key.endsWith("user_id"));
  return { ...message, context: Object.fromEntries(keys) };
}

type Ids = { bsuid: string; phone: string };

function sharesAnId(one: Ids, other: Ids): boolean {
  return one.bsuid === other.bsuid || one.phone === other.phone;
}
