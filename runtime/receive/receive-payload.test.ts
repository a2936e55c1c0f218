import { expect, onTestFinished, test } from "vitest";
import type { FlagClient } from "#sdk/flag-client.ts";
import { SendsInFlight } from "../send/sends-in-flight.ts";
import { Store } from "../store/store.ts";
import type { PendingWebhook } from "../store/webhook-queue.ts";
import { aDataDir } from "../testing/a-runtime.ts";
import { aCustomer, aMessage, aPayload, aPhoneLess, aStatus, aWamid } from "../testing/payloads.ts";
import { OvertakingStatuses } from "./overtaking-statuses.ts";
import { receivePayload } from "./receive-payload.ts";

const OFF = "300000000000001";
const ON = "300000000000002";

/** A real store, and flags that are as the test says; what is to be delivered and counted is listed. */
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

test("one id on two numbers is two messages, and two statuses", async () => {
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

test("the order that is kept is that of one customer with one number, by BSUID before phone", async () => {
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
  const [first, second, withPhone, status, elsewhere, phoneOnly] = delivered.map(
    ({ lane }) => lane,
  );
  expect([withPhone, status]).toEqual([first, first]);
  expect(new Set([first, second, elsewhere, phoneOnly]).size).toBe(4);
});

test("statuses of customers nobody can name are in nobody's order", async () => {
  const { receive, delivered } = aReceiver();
  await receive(aStatus({ of: ON, to: {} }), aStatus({ of: ON, to: {} }));
  expect(new Set(delivered.map(({ lane }) => lane)).size).toBe(2);
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

test("of a customer who was dropped nothing is kept; of one who was accepted, the ids", async () => {
  const { receive, store } = aReceiver();
  const number = { phoneNumberId: ON, displayPhoneNumber: null, wabaId: "200000000000001" };
  await store.write(() => store.numbers.learn({ ...number, portfolioId: "p1" }));
  const [dropped, accepted] = [aPhoneLess(), aPhoneLess()];
  await receive(aMessage({ to: OFF, from: dropped }), aMessage({ to: ON, from: accepted }));
  expect(store.identities.portfolioOfBsuid(dropped.bsuid, number)).toBeNull();
  expect(store.identities.portfolioOfBsuid(accepted.bsuid, number)).toBe("p1");
});
