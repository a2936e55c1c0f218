import { expect, onTestFinished, test } from "vitest";
import type { FlagClient } from "#sdk/flag-client.ts";
import { SendsInFlight } from "../send/sends-in-flight.ts";
import { Store } from "../store/store.ts";
import type { PendingWebhook } from "../store/webhook-queue.ts";
import { aDataDir } from "../testing/a-runtime.ts";
import {
  aCustomer,
  aMessage,
  aNotice,
  aPayload,
  aPhoneLess,
  aStatus,
  aWamid,
} from "../testing/payloads.ts";
import { OvertakingStatuses } from "./overtaking-statuses.ts";
import { receivePayload } from "./receive-payload.ts";

const OFF = "300000000000001";
const ON = "300000000000002";

/** A receiver with a real store and the test's flags; lists what it would deliver and count. */
function aReceiver() {
  const store = new Store(aDataDir(), () => undefined);
  onTestFinished(() => store.close());
  const delivered: PendingWebhook[] = [];
  const counted: unknown[][] = [];
  const flags = {
    acceptsBsuid: (phoneNumberId: string) => phoneNumberId === ON,
    status: () => ({ cursor: "1.00000000" }),
    count: (...about: unknown[]) => counted.push(about),
  } as unknown as FlagClient;
  const deliver = (webhooks: readonly PendingWebhook[]) => delivered.push(...webhooks);
  const sends = new SendsInFlight();
  const onError = () => undefined;
  const statuses = new OvertakingStatuses({ store, sends, deliver, onError });
  const receive = (...changes: object[]) =>
    receivePayload(aPayload(...changes), { flags, store, statuses });
  const bodies = () => delivered.map(({ payload }) => JSON.parse(payload));
  return { store, delivered, counted, receive, bodies };
}

function lanesOf(webhook: PendingWebhook | undefined): string[] {
  return webhook?.lanes.split("\n") ?? [];
}

function shareLane(one: PendingWebhook | undefined, other: PendingWebhook | undefined): boolean {
  return lanesOf(one).some((lane) => lanesOf(other).includes(lane));
}

test("the same id on two numbers is two messages, and two statuses", async () => {
  const { receive, delivered } = aReceiver();
  const [id, from] = [aWamid(), aCustomer()];
  const received = await receive(
    aMessage({ to: ON, from, id }),
    aMessage({ to: OFF, from, id }),
    aStatus({ of: ON, to: from, id }),
    aStatus({ of: OFF, to: from, id }),
  );
  expect(received).toMatchObject({ taken: 4, repeated: 0 });
  expect(delivered).toHaveLength(4);
});

test("each participant of a group has a status of the same message, once", async () => {
  const { receive } = aReceiver();
  const id = aWamid();
  const statuses = [aPhoneLess(), aCustomer()].map((to) => aStatus({ of: ON, to, id }));
  expect(await receive(...statuses, ...statuses)).toMatchObject({ taken: 2, repeated: 2 });
});

test("webhooks of one customer with one number keep their order, by each of the customer's ids", async () => {
  const { receive, delivered } = aReceiver();
  const [one, other] = [aPhoneLess(), aPhoneLess()];
  const phone = "15550100123";
  await receive(
    aMessage({ to: ON, from: one }),
    aMessage({ to: ON, from: other }),
    aMessage({ to: ON, from: { ...one, phone } }),
    aStatus({ of: ON, to: one }),
    aMessage({ to: OFF, from: { ...one, phone } }),
    aMessage({ to: ON, from: { phone } }),
  );
  const [first, second, withPhone, status, elsewhere, phoneOnly] = delivered;
  for (const same of [withPhone, status]) expect(shareLane(first, same)).toBe(true);
  expect(shareLane(withPhone, phoneOnly)).toBe(true);
  for (const other of [second, elsewhere]) expect(shareLane(first, other)).toBe(false);
  expect(shareLane(second, phoneOnly)).toBe(false);
});

test("statuses without a named customer have no order", async () => {
  const { receive, delivered } = aReceiver();
  await receive(aStatus({ of: ON, to: {} }), aStatus({ of: ON, to: {} }));
  expect(shareLane(delivered[0], delivered[1])).toBe(false);
});

test("a status has the customer's new shape on a number that is on, and the business's id without callback data, too", async () => {
  const { receive, store, bodies } = aReceiver();
  const [to, id] = [aPhoneLess(), aWamid()];
  await store.write(() => store.sent.add(id, { sendId: "send 1", callbackData: null }));
  await receive(aStatus({ of: ON, to, id }));
  const [{ recipient, statusUpdate, ...rest }] = bodies();
  expect(recipient).toMatchObject({ id: to.bsuid, userId: to.bsuid, phoneNumber: "" });
  expect(statusUpdate.id).toBe("send 1");
  expect(rest).not.toHaveProperty("callbackData");
});

test("messages are counted once, dropped or not, and statuses never", async () => {
  const { receive, counted } = aReceiver();
  const changes = [
    aMessage({ to: OFF, from: aPhoneLess() }),
    aMessage({ to: ON, from: aPhoneLess() }),
    aMessage({ to: OFF, from: {} }),
    aStatus({ of: ON, to: aCustomer() }),
  ];
  for (const _ of ["sent", "repeated"]) await receive(...changes);
  expect(counted).toEqual([
    [OFF, "phone_less", { accepted: false }],
    [ON, "phone_less", { accepted: true }],
    [OFF, "unidentified", { accepted: false }],
  ]);
});

test("nothing is kept of a dropped customer; of an accepted one, the ids", async () => {
  const { receive, store } = aReceiver();
  const number = { phoneNumberId: ON, displayPhoneNumber: null, wabaId: "200000000000001" };
  await store.write(() => store.numbers.learn({ ...number, portfolioId: "p1" }));
  const [dropped, accepted] = [aPhoneLess(), aPhoneLess()];
  await receive(aMessage({ to: OFF, from: dropped }), aMessage({ to: ON, from: accepted }));
  expect(store.identities.portfolioOfBsuid(dropped.bsuid, number)).toBeNull();
  expect(store.identities.portfolioOfBsuid(accepted.bsuid, number)).toBe("p1");
});

/** A status of a group's message, as Meta's pages have it. */
function ofGroup(id: string, fields: object) {
  const group = { recipient_id: "GRPsynthetic0001", recipient_type: "group" };
  return statuses(ON, { id, status: "delivered", timestamp: "1790000100", ...group, ...fields });
}

function statuses(phoneNumberId: string, ...list: object[]) {
  return {
    field: "messages",
    value: { metadata: { phone_number_id: phoneNumberId }, statuses: list },
  };
}

function message(phoneNumberId: string, fields: object) {
  const whole = {
    id: aWamid(),
    timestamp: "1790000000",
    type: "text",
    text: { body: "hi" },
    ...fields,
  };
  return {
    field: "messages",
    value: { metadata: { phone_number_id: phoneNumberId }, messages: [whole] },
  };
}

test.each<[string, object, object]>([
  [
    "participants by phone",
    { recipient_participant_id: "15550100121" },
    { recipient_participant_id: "15550100122" },
  ],
  [
    "participants by phone, the words the other way round",
    { participant_recipient_id: "15550100121" },
    { participant_recipient_id: "15550100122" },
  ],
  [
    "participants by BSUID",
    { participant_recipient_user_id: "US.1" },
    { participant_recipient_user_id: "US.2" },
  ],
  [
    "participants by parent BSUID",
    { recipient_participant_parent_user_id: "US.ENT.1" },
    { recipient_participant_parent_user_id: "US.ENT.2" },
  ],
  [
    "participants by a name that Meta has not yet",
    { member_of_group: "15550100121" },
    { member_of_group: "15550100122" },
  ],
  [
    "codes of errors",
    { status: "failed", errors: [{ code: 131026 }] },
    { status: "failed", errors: [{ code: 131053 }] },
  ],
  [
    "codes of later errors",
    { status: "failed", errors: [{ code: 1 }, { code: 2 }] },
    { status: "failed", errors: [{ code: 1 }, { code: 3 }] },
  ],
  ["which status it is", { status: "played" }, { status: "deleted" }],
  ["the time, where no participant is named", { timestamp: "1" }, { timestamp: "2" }],
  [
    "recipients that only a number tells apart",
    { recipient_participant_id: 15550100121 },
    { recipient_participant_id: 15550100122 },
  ],
])(
  "statuses of one message that differ in %s are two, each delivered once",
  async (_, one, other) => {
    const { receive, delivered } = aReceiver();
    const id = aWamid();
    const both = [ofGroup(id, one), ofGroup(id, other)];
    expect(await receive(...both)).toMatchObject({ taken: 2, repeated: 0 });
    expect(await receive(...both)).toMatchObject({ taken: 0, repeated: 2 });
    expect(delivered).toHaveLength(2);
  },
);

test("a status counts as repeated whoever its customer has become, and whatever else is in it", async () => {
  const { receive, delivered } = aReceiver();
  const [id, old, phone] = [aWamid(), "US.1000", "15550100123"];
  const status = { id, status: "delivered", timestamp: "1790000100", recipient_user_id: old };
  const system = { type: "user_changed_user_id", user_id: "US.2000", previous_user_id: old };
  await receive(statuses(ON, { ...status, recipient_id: phone, conversation: { id: "c" } }));
  await receive(message(ON, { type: "system", system }));
  const contacts = [{ wa_id: phone, user_id: old }];
  const again = statuses(ON, {
    ...status,
    pricing: { billable: true },
    biz_opaque_callback_data: "x",
  });
  const withContacts = { ...again, value: { ...again.value, contacts } };
  expect(await receive(again, withContacts)).toMatchObject({ taken: 0, repeated: 2 });
  expect(delivered).toHaveLength(1);
});

test("a status that nests too deeply is delivered without original", async () => {
  const { receive, bodies, counted } = aReceiver();
  const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) as unknown;
  const status = { id: aWamid(), status: "read", timestamp: "1", recipient_user_id: "US.1" };
  const both = [status, { ...status, recipient_user_id: "US.2" }].map((one) => ({ ...one, deep }));
  expect(await receive(statuses(ON, ...both))).toMatchObject({ taken: 2 });
  const expected = { statusUpdate: { status: "read" }, original: {} };
  expect(bodies()).toMatchObject([expected, expected]);
  expect(counted).toEqual([]);
});

test("a message that nests too deeply is refused and counted as such, not as dropped", async () => {
  const { receive, counted, store } = aReceiver();
  const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) as unknown;
  await receive(message(ON, { from_user_id: "US.1", type: "poll", poll: deep }));
  expect(counted).toEqual([[ON, "unreadable", { accepted: false }]]);
  expect(store.listDeliveries({ limit: 1 })).toMatchObject([
    { kind: "refused", case: "unreadable", why: "Its content nests too deeply." },
  ]);
});

test("a customer who opened a chat and wrote nothing does not count as a lost message", async () => {
  const { receive, counted, store, delivered } = aReceiver();
  const opening = { from_user_id: "US.1", type: "request_welcome", text: undefined };
  expect(await receive(message(OFF, opening))).toMatchObject({ fields: ["request_welcome"] });
  expect(counted).toEqual([]);
  expect(store.listDeliveries({ limit: 10 })).toEqual([]);
  await receive(message(ON, opening), message(OFF, { ...opening, from: "15550100123" }));
  expect(delivered).toHaveLength(2);
  expect(counted).toEqual([]);
  expect([...store.reports.takeUncounted()]).toEqual([]);
});

test("a system message of an unknown kind is delivered if the customer is accepted, else listed, and never counted", async () => {
  const { receive, counted, store, delivered } = aReceiver();
  const system = { from_user_id: "US.1", type: "system", system: { type: "user_joined" } };
  await receive(message(OFF, system), message(ON, system), message(ON, { type: "system" }));
  expect(delivered).toHaveLength(1);
  expect(store.listDeliveries({ limit: 10 })).toMatchObject([
    { kind: "refused", phoneNumberId: ON, case: "unidentified" },
    { kind: "webhook", phoneNumberId: ON, case: "phone_less" },
    { kind: "refused", phoneNumberId: OFF, case: "unreadable" },
  ]);
  expect(counted).toEqual([]);
  expect([...store.reports.takeUncounted()]).toEqual([]);
});

test("a phone that cannot be read is refused on both numbers, and not kept", async () => {
  const { receive, counted, store, delivered } = aReceiver();
  const unreadable = { from: "15550100123@c.us", from_user_id: "US.1" };
  await receive(message(OFF, unreadable), message(ON, unreadable));
  expect(delivered).toEqual([]);
  expect(counted).toEqual([
    [OFF, "unreadable", { accepted: false }],
    [ON, "unreadable", { accepted: false }],
  ]);
  const why = 'from is no phone: it looks like "99999999999@x.xx".';
  expect(store.listDeliveries({ limit: 10 })).toMatchObject([
    { kind: "refused", phoneNumberId: ON, case: "unreadable", why },
    { kind: "refused", phoneNumberId: OFF, case: "unreadable", why },
  ]);
});

test("on a number that is off, a notice is kept only about customers who were accepted before", async () => {
  const { receive, store } = aReceiver();
  const number = { phoneNumberId: OFF, displayPhoneNumber: null, wabaId: "200000000000001" };
  const [dropped, accepted, next] = [aPhoneLess(), aCustomer(), aPhoneLess()];
  await receive(aMessage({ to: OFF, from: dropped }), aMessage({ to: OFF, from: accepted }));
  const notice = (previous_user_id: string) =>
    receive(aNotice({ to: OFF, system: { user_id: next.bsuid, previous_user_id } }));
  expect(await notice(dropped.bsuid)).toMatchObject({ taken: 0, fields: ["system"] });
  expect(store.identities.newestBsuid(dropped.bsuid, number)).toBe(dropped.bsuid);
  await notice(accepted.bsuid);
  expect(store.identities.newestBsuid(accepted.bsuid, number)).toBe(next.bsuid);
});

test("the business's own number is not a customer, even if the payload does not name it", async () => {
  const { receive, store, delivered } = aReceiver();
  const own = { phoneNumberId: ON, displayPhoneNumber: "+5511987654321", wabaId: null };
  await store.write(() => store.numbers.learn(own));
  await receive(message(ON, { from: "551187654321", from_user_id: "US.1" }));
  expect(delivered).toEqual([]);
  expect(store.listDeliveries({ limit: 1 })).toMatchObject([
    { kind: "refused", case: "unidentified", why: expect.stringContaining("business's own") },
  ]);
});
