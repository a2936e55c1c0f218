import { expect, test } from "vitest";
import { readWebhook } from "./read-webhook.ts";
import { toStatusWebhook } from "./status-webhook.ts";
import type { Customer, MessageStatus } from "./webhook-item.ts";

const PHONE = "15550100123";
const BSUID = "US.40000000000000000002";
const PARENT = "US.ENT.50000000000000000002";
const METADATA = { display_phone_number: "15550100199", phone_number_id: "300000000000001" };
const EMPTY_PARTICIPANT = { recipient_participant_id: "", recipient_participant_user_id: null };
const toCustomer = { phone: `+${PHONE}` };
const UNKNOWN: Customer = {
  phone: null,
  bsuid: null,
  parentBsuid: null,
  name: null,
  username: null,
  doubt: null,
};
const OFF = { acceptsBsuid: false };
const ON = { acceptsBsuid: true };

type Fields = Record<string, unknown>;

function read(contacts: unknown, ...statuses: unknown[]) {
  const changes = [{ field: "messages", value: { metadata: METADATA, contacts, statuses } }];
  return readWebhook({ entry: [{ id: "200000000000001", changes }] });
}

function aStatus(fields: Fields): Fields {
  return { id: "wamid.S1", status: "delivered", timestamp: "1790000100", ...fields };
}

function statusOf(contacts: unknown, fields: Fields): MessageStatus {
  const { items, problems } = read(contacts, aStatus(fields));
  expect(problems).toEqual([]);
  return items[0] as MessageStatus;
}

test.each<[string, Fields, Fields[], Partial<Customer>]>([
  [
    "to a phone",
    { recipient_id: PHONE, recipient_user_id: BSUID },
    [],
    { phone: `+${PHONE}`, bsuid: BSUID },
  ],
  ["to a customer without a phone", { recipient_user_id: BSUID }, [], { bsuid: BSUID }],
  ["failed, of a message to a phone: no BSUID, no contacts", toPhone(), [], { phone: `+${PHONE}` }],
  ["failed, of a message to a BSUID", failed({ recipient_user_id: BSUID }), [], { bsuid: BSUID }],
  ["with a BSUID in the phone's field", { recipient_id: BSUID }, [], { bsuid: BSUID }],
  [
    "with an empty recipient_id",
    { recipient_id: "", recipient_user_id: BSUID },
    [],
    { bsuid: BSUID },
  ],
  [
    "with a parent BSUID",
    { recipient_user_id: BSUID, recipient_parent_user_id: PARENT },
    [],
    { bsuid: BSUID, parentBsuid: PARENT },
  ],
  [
    "with the business's own number for a phone",
    { recipient_id: "+1 555 010-0199", recipient_user_id: BSUID },
    [],
    { bsuid: BSUID },
  ],
  ["to the business's own number", { recipient_id: "15550100199" }, [], {}],
  [
    "with a parent BSUID by its name of April 2026",
    { recipient_user_id: BSUID, parent_recipient_user_id: PARENT },
    [],
    { bsuid: BSUID, parentBsuid: PARENT },
  ],
  [
    "with a contact without a profile, as live ones are",
    { recipient_id: PHONE },
    [{ wa_id: PHONE, user_id: BSUID }],
    { phone: `+${PHONE}`, bsuid: BSUID },
  ],
  [
    "with a contact that has a name",
    { recipient_user_id: BSUID },
    [{ user_id: BSUID, profile: { name: "Bo K", username: "bo.k" } }],
    { bsuid: BSUID, name: "Bo K", username: "bo.k" },
  ],
  [
    "of a group: the participant, by phone and BSUID",
    {
      recipient_type: "group",
      recipient_id: "15550100777",
      recipient_participant_id: PHONE,
      recipient_participant_user_id: BSUID,
    },
    [],
    { phone: `+${PHONE}`, bsuid: BSUID },
  ],
  [
    "of a group that does not say so",
    { recipient_id: "15550100777", recipient_participant_user_id: BSUID },
    [],
    { bsuid: BSUID },
  ],
  ["of a group without a participant", { recipient_type: "group", recipient_id: PHONE }, [], {}],
  [
    "of a group whose id is a number",
    { recipient_type: "GROUP", recipient_id: 15550100777 },
    [],
    {},
  ],
  ["of a group that has the group's id only", { group_id: PHONE, recipient_id: PHONE }, [], {}],
  [
    "of a group, on another of Meta's pages",
    {
      recipient_id: "15550100777",
      participant_recipient_id: PHONE,
      participant_recipient_user_id: BSUID,
      participant_recipient_parent_user_id: PARENT,
    },
    [],
    { phone: `+${PHONE}`, bsuid: BSUID, parentBsuid: PARENT },
  ],
  [
    "of a group with an empty field beside the full one",
    { recipient_participant_id: "", participant_recipient_id: PHONE, recipient_id: "15550100777" },
    [],
    { phone: `+${PHONE}` },
  ],
  [
    "of a group whose participant has a parent BSUID only",
    { recipient_type: "group", recipient_participant_parent_user_id: PARENT },
    [],
    { parentBsuid: PARENT },
  ],
  [
    "of a group with the participant's phone as a number",
    { recipient_type: "group", recipient_participant_id: Number(PHONE) },
    [],
    { phone: `+${PHONE}` },
  ],
  [
    "with empty fields of a participant",
    { ...EMPTY_PARTICIPANT, recipient_id: PHONE },
    [],
    toCustomer,
  ],
  ["failed, without contacts", toPhone(), [], toCustomer],
  ["failed, with a contact of the phone alone", toPhone(), [{ wa_id: PHONE }], toCustomer],
  [
    "failed, with both ids",
    { ...toPhone(), recipient_user_id: BSUID },
    [{ wa_id: PHONE, user_id: BSUID }],
    { phone: `+${PHONE}`, bsuid: BSUID },
  ],
  [
    "failed, with the BSUID alone",
    { ...toPhone(), recipient_id: "", recipient_user_id: BSUID },
    [{ user_id: BSUID }],
    { bsuid: BSUID },
  ],
  [
    "with the parent BSUID by its second name, and an empty first",
    { recipient_user_id: BSUID, recipient_parent_user_id: "", parent_recipient_user_id: PARENT },
    [],
    { bsuid: BSUID, parentBsuid: PARENT },
  ],
  ["with the phone as a number", { recipient_id: Number(PHONE) }, [], toCustomer],
  ["without a recipient", {}, [], {}],
])("a status %s", (_, fields, contacts, customer) => {
  expect(statusOf(contacts, fields).customer).toEqual({ ...UNKNOWN, ...customer });
});

test("only a group's status names a group", () => {
  const group = { recipient_type: "group", recipient_id: "Z3JvdXA" };
  expect(statusOf([], group).groupId).toBe("Z3JvdXA");
  expect(statusOf([], { group_id: "Z3JvdXA", recipient_id: PHONE })).toMatchObject({
    groupId: "Z3JvdXA",
    customer: { phone: `+${PHONE}` },
  });
  expect(statusOf([], { recipient_id: PHONE }).groupId).toBeNull();
});

test.each<[string, unknown, MessageStatus["error"]]>([
  [
    "with all it can have",
    [{ code: 131049, title: "not delivered", error_data: { details: "ecosystem" } }],
    { code: 131049, title: "not delivered", details: "ecosystem" },
  ],
  ["that is empty", [{}], { code: null, title: null, details: null }],
  [
    "whose code is a text",
    [{ code: "131049", title: 7, message: "no", error_data: [] }],
    { code: 131049, title: "no", details: null },
  ],
  ["whose code is none", [{ code: "131049x", title: [] }], nothingKnown()],
  ["in no list", { code: 131049 }, { code: 131049, title: null, details: null }],
  ["that is no object", ["oops"], null],
  ["that is a text", "131049", null],
  ["that is absent", undefined, null],
])("an error %s", (_, errors, error) => {
  expect(statusOf([], failed({ errors })).error).toEqual(error);
});

test.each([
  [{ id: null }, "The status has no message id."],
  [{ timestamp: "soon" }, "The status has no timestamp in seconds."],
  [{ status: 7 }, "The status does not say which one it is."],
])("a status with %j is a problem, and the next one is read", (fields, message) => {
  const { items, problems } = read([], aStatus(fields), aStatus({ id: "wamid.S2" }));
  expect(items).toMatchObject([{ id: "wamid.S2" }]);
  expect(problems).toMatchObject([{ path: "entry[0].changes[0].value.statuses[0]", message }]);
});

test("Connectly's webhook of a delivered status", () => {
  const status = statusOf([{ user_id: BSUID, profile: { name: "Bo K" } }], {
    recipient_user_id: BSUID,
  });
  const common = {
    topic: "delivery_status",
    timestamp: "1790000100",
    sender: { id: "+15550100199", channelType: "whatsapp", name: null },
    statusUpdate: { id: "wamid.S1", status: "delivered", error: null },
    metadata: null,
  };
  const names = { channelType: "whatsapp", name: "Bo K" };
  expect(toStatusWebhook(status, { flag: ON })).toEqual({
    ...common,
    recipient: { id: BSUID, userId: BSUID, phoneNumber: "", ...names },
    original: status.content,
  });
  // The old shape has no field for a BSUID: a program that reads phones there must not get one.
  expect(toStatusWebhook(status, { flag: OFF })).toEqual({
    ...common,
    recipient: { id: "", ...names },
    original: { id: "wamid.S1", status: "delivered", timestamp: "1790000100" },
  });
});

test("the sender's own id, metadata and callback data come back with the status", () => {
  const status = statusOf([], { recipient_id: PHONE });
  const statusId = "01K0000000000000000000ABCD";
  const metadata = { campaign_name: "spring" };
  const how = { flag: ON, statusId, metadata, callbackData: "order-7" };
  expect(toStatusWebhook(status, how)).toMatchObject({
    statusUpdate: { id: statusId },
    metadata,
    callbackData: "order-7",
  });
  expect(toStatusWebhook(status, { flag: ON })).not.toHaveProperty("callbackData");
  for (const callbackData of ["", 0, false, null])
    expect(toStatusWebhook(status, { flag: ON, callbackData })).toMatchObject({ callbackData });
});

test("failed becomes Connectly's delivery_failed with Meta's error; other statuses stay", () => {
  const errors = [{ code: 131049, title: "not delivered", error_data: { details: "ecosystem" } }];
  const webhook = toStatusWebhook(statusOf([], failed({ errors })), { flag: ON });
  expect(webhook.statusUpdate).toEqual({
    id: "wamid.S1",
    status: "delivery_failed",
    error: {
      message: "not delivered",
      type: "ERROR_TYPE_DELIVERY_FAILED",
      code: "ERROR_CODE_META_131049",
      userTitle: "not delivered",
      userMessage: "ecosystem",
      cntTraceId: "",
      details: { metaCode: 131049 },
    },
  });
  for (const status of ["sent", "delivered", "read", "played", "deleted", "constructor"]) {
    const { statusUpdate } = toStatusWebhook(statusOf([], { status }), { flag: ON });
    expect(statusUpdate.status).toBe(status);
  }
});

test("a number without a readable phone is named by Meta's id", () => {
  const metadata = { phone_number_id: "300000000000001" };
  const value = { metadata, statuses: [aStatus({ recipient_id: PHONE })] };
  const { items } = readWebhook({ entry: [{ changes: [{ field: "messages", value }] }] });
  const { sender } = toStatusWebhook(items[0] as MessageStatus, { flag: OFF });
  expect(sender.id).toBe("300000000000001");
});

function failed(fields: Fields): Fields {
  return { status: "failed", ...fields };
}

function toPhone(): Fields {
  return failed({ recipient_id: PHONE, errors: [{ code: 131049 }] });
}

function nothingKnown() {
  return { code: null, title: null, details: null };
}
