import { expect, test } from "vitest";
import { readWebhook } from "./read-webhook.ts";
import { SAMPLE_PAYLOADS } from "./sample-payloads.ts";
import type { IdentityChange } from "./webhook-item.ts";

const OLD = "US.40000000000000000001";
const NEW = "US.40000000000000000009";
const OLD_PARENT = "US.ENT.50000000000000000001";
const NEW_PARENT = "US.ENT.50000000000000000009";
const METADATA = { display_phone_number: "15550100199", phone_number_id: "300000000000001" };
const NOTHING = {
  previous: null,
  current: null,
  previousParent: null,
  currentParent: null,
  previousPhone: null,
  currentPhone: null,
};

type Fields = Record<string, unknown>;

function read(field: string, list: string, ...contents: unknown[]) {
  const changes = [{ field, value: { metadata: METADATA, [list]: contents } }];
  return readWebhook({ entry: [{ changes }] });
}

function system(fields: Fields, type = "user_changed_user_id"): Fields {
  const { from, ...rest } = fields;
  const body = `User Eve changed from ${OLD} to US.666`;
  const message = { id: "wamid.E", timestamp: "1790000301", type: "system" };
  return { ...message, from, system: { body, type, ...rest } };
}

function sample(id: string): unknown {
  return readWebhook(SAMPLE_PAYLOADS.find((payload) => payload.id === id)?.payload).items;
}

test("user_id_update has the previous and the current BSUID, and those of the parents", () => {
  expect(sample("user-id-update")).toMatchObject([
    {
      kind: "identity_change",
      source: "user_id_update",
      path: "entry[0].changes[0].value.user_id_update[0]",
      timestamp: "1790000300",
      messageId: null,
      previous: OLD,
      current: NEW,
      previousParent: OLD_PARENT,
      currentParent: NEW_PARENT,
      previousPhone: null,
      currentPhone: null,
    },
  ]);
});

test.each(["user_id_changed", undefined])(
  "a system message that names a former BSUID is a notice, whatever its type: %s",
  (type) => {
    const fields = { user_id: NEW, previous_user_id: OLD, from_user_id: OLD };
    const { type: _, ...rest } = system(fields).system as Fields;
    const content = { ...system(fields), system: { ...rest, ...(type ? { type } : {}) } };
    const { items } = read("messages", "messages", content);
    expect(items).toMatchObject([{ kind: "identity_change", previous: OLD, current: NEW }]);
  },
);

test("an older notice has the new phone in new_wa_id", () => {
  const content = system(
    { from: "15550100123", new_wa_id: "15550100124" },
    "customer_changed_number",
  );
  const { items } = read("messages", "messages", content);
  expect(items).toMatchObject([
    { previousPhone: "+15550100123", currentPhone: "+15550100124", current: null },
  ]);
});

test("in a system message with only the new BSUID, the body is not parsed for the old one", () => {
  expect(sample("system-user-id")).toMatchObject([
    { ...NOTHING, kind: "identity_change", source: "system", messageId: "wamid.E2", current: NEW },
  ]);
});

test("a system message about a new phone has both phones and the new BSUID", () => {
  expect(sample("system-number")).toMatchObject([
    {
      ...NOTHING,
      previousPhone: "+15550100123",
      currentPhone: "+15550100125",
      current: "US.40000000000000000008",
    },
  ]);
});

test.each<[string, Fields, Partial<IdentityChange>]>([
  [
    "with the previous ids, since August 2026",
    {
      user_id: NEW,
      previous_user_id: OLD,
      previous_parent_user_id: OLD_PARENT,
      parent_user_id: NEW_PARENT,
    },
    { previous: OLD, current: NEW, previousParent: OLD_PARENT, currentParent: NEW_PARENT },
  ],
  [
    "of before BSUIDs: phones only",
    { from: "15550100123", wa_id: "15550100125" },
    { previousPhone: "+15550100123", currentPhone: "+15550100125" },
  ],
  ["with the old BSUID in `from`", { from: OLD, user_id: NEW }, { previous: OLD, current: NEW }],
  ["with the new BSUID in `wa_id`", { wa_id: NEW }, { current: NEW }],
  ["with an empty `wa_id`", { wa_id: "", user_id: NEW }, { current: NEW }],
  [
    "with a parent beside the new one",
    { user_id: NEW, parent_user_id: NEW_PARENT },
    { current: NEW, currentParent: NEW_PARENT },
  ],
])("a system message %s", (_, fields, change) => {
  const { items } = read("messages", "messages", system(fields));
  expect(items).toMatchObject([{ ...NOTHING, ...change }]);
  const number = read("messages", "messages", system(fields, "user_changed_number"));
  expect(number.items).toEqual(items);
});

test.each<[string, Fields]>([
  ["nothing", {}],
  ["only a parent", { user_id: NEW_PARENT }],
  ["a malformed BSUID", { user_id: "us.1" }],
  ["only the old phone", { from: "15550100123" }],
])("a system message with %s is a problem", (_, fields) => {
  const { items, problems } = read("messages", "messages", system(fields));
  expect(items).toEqual([]);
  expect(problems).toMatchObject([{ messageId: "wamid.E", phoneNumberId: "300000000000001" }]);
});

test("a message of another type is not a notice, whatever is in its field system", () => {
  const text = { ...system({ user_id: NEW }), type: "text", text: { body: "hi" } };
  expect(read("messages", "messages", text).items).toMatchObject([{ kind: "message" }]);
});

test("a system message without its object, or of a foreign type, is a message", () => {
  const message = { id: "wamid.E", timestamp: "1", type: "system" };
  for (const part of [undefined, null, [], { type: ["user_changed_number"] }]) {
    const { items } = read("messages", "messages", { ...message, system: part });
    expect(items).toMatchObject([{ kind: "message", type: "system" }]);
  }
});

test.each<[string, Fields, Partial<IdentityChange>]>([
  ["without the previous one", { user_id: { current: NEW } }, { current: NEW }],
  ["with a phone", { user_id: { previous: OLD, current: NEW }, wa_id: "15550100125" }, withPhone()],
  ["with a malformed previous one", { user_id: { previous: "x", current: NEW } }, { current: NEW }],
])("user_id_update %s", (_, fields, change) => {
  const update = { timestamp: "1790000300", ...fields };
  const { items } = read("user_id_update", "user_id_update", update);
  expect(items).toMatchObject([{ ...NOTHING, ...change }]);
});

test.each<[string, unknown]>([
  ["without a current one", { timestamp: "1", user_id: { previous: OLD } }],
  ["with a parent as the current one", { timestamp: "1", user_id: { current: NEW_PARENT } }],
  ["without a timestamp", { user_id: { previous: OLD, current: NEW } }],
  ["with texts for objects", { timestamp: "1", user_id: NEW }],
  ["that is no object", NEW],
])("user_id_update %s is a problem, and the next one is read", (_, update) => {
  const good = { timestamp: "1", user_id: { previous: OLD, current: NEW } };
  const { items, problems } = read("user_id_update", "user_id_update", update, good);
  expect(items).toMatchObject([{ previous: OLD, current: NEW }]);
  expect(problems).toHaveLength(1);
});

function withPhone(): Partial<IdentityChange> {
  return { previous: OLD, current: NEW, currentPhone: "+15550100125" };
}
