import { expect, test } from "vitest";
import { readWebhook } from "#sdk/rules.ts";
import { toStatusKey } from "./status-key.ts";

const PHONE = "15550100124";
const BSUID = "US.40000000000000000002";
const PARENT = "US.ENT.50000000000000000002";
const GROUP = { recipient_id: "120363025246125016", recipient_type: "group" };

type Fields = Record<string, unknown>;

function keyOf(fields: Fields): string {
  const status = { id: "wamid.1", status: "delivered", timestamp: "1790000000", ...fields };
  const metadata = { phone_number_id: "300000000000001" };
  const value = { metadata, statuses: [status] };
  const { items } = readWebhook({ entry: [{ changes: [{ field: "messages", value }] }] });
  const [item] = items;
  if (item?.kind !== "status") throw new Error("There is no status.");
  return toStatusKey(item);
}

const failed = (errors: unknown) => ({ status: "failed", recipient_id: PHONE, errors });

test.each<[string, Fields, Fields]>([
  ["its phone is a number", { recipient_id: PHONE }, { recipient_id: Number(PHONE) }],
  ["its phone has a plus sign", { recipient_id: PHONE }, { recipient_id: `+${PHONE}` }],
  [
    "its phone has the other spelling",
    { recipient_id: "5215512345678" },
    { recipient_id: "525512345678" },
  ],
  [
    "the phone is withheld",
    { recipient_id: PHONE, recipient_user_id: BSUID },
    { recipient_id: "", recipient_user_id: BSUID },
  ],
  [
    "a participant's phone is withheld",
    { ...GROUP, participant_recipient_id: PHONE, participant_recipient_user_id: BSUID },
    { ...GROUP, participant_recipient_user_id: BSUID },
  ],
  [
    "the parent BSUID is there",
    { recipient_user_id: BSUID },
    { recipient_user_id: BSUID, recipient_parent_user_id: PARENT },
  ],
  [
    "the parent BSUID has its former name",
    { recipient_user_id: BSUID, recipient_parent_user_id: PARENT },
    { recipient_user_id: BSUID, parent_recipient_user_id: PARENT },
  ],
  [
    "the kind of its recipient is said",
    { recipient_id: PHONE },
    { recipient_id: PHONE, recipient_type: "individual" },
  ],
  ["its list of errors is empty", { recipient_id: PHONE }, { recipient_id: PHONE, errors: [] }],
  ["a code is a text", failed([{ code: 131026 }]), failed([{ code: "131026", title: "x" }])],
  ["an error stands alone", failed([{ code: 131026 }]), failed({ code: 131026 })],
])("a status that comes again is recognised when %s", (_, one, again) => {
  expect(keyOf(again)).toBe(keyOf(one));
});

test.each<[string, Fields, Fields]>([
  ["recipients", { recipient_id: PHONE }, { recipient_id: "15550100125" }],
  [
    "participants",
    { ...GROUP, recipient_participant_id: PHONE },
    { ...GROUP, recipient_participant_id: "15550100125" },
  ],
  [
    "participants known by their parent BSUID",
    { ...GROUP, participant_recipient_parent_user_id: "US.ENT.1" },
    { ...GROUP, participant_recipient_parent_user_id: "US.ENT.2" },
  ],
  ["codes", failed([{ code: 1 }, { code: 2 }]), failed([{ code: 1 }, { code: 3 }])],
  ["errors without a code", failed("boom"), failed("bang")],
  ["times, of nobody in a group", GROUP, { ...GROUP, timestamp: "1790000001" }],
  ["payments", { payment: { reference_id: "1" } }, { payment: { reference_id: "2" } }],
])("statuses with different %s are different statuses", (_, one, other) => {
  expect(keyOf(other)).not.toBe(keyOf(one));
});
