import { expect, test } from "vitest";
import {
  aSendingBusiness,
  campaign,
  NUMBER,
  PHONE,
  SENDER,
  send,
  session,
} from "../testing/a-sending-business.ts";
import { aCustomer, aMessage, aPayload, aPhoneLess, aStatus } from "../testing/payloads.ts";
import { until } from "../testing/until.ts";

type Entry = { id: string } | { code: string; error: string };

async function entriesOf(runtime: { url: string }, ...clients: string[]): Promise<Entry[]> {
  const { status, body } = await send(runtime, "campaigns", campaign(...clients));
  expect(status).toBe(200);
  return body.entries as Entry[];
}

const isDuplicateOf = (index: number) => ({
  code: "ERROR_CODE_DUPLICATE_ENTRY",
  error: expect.stringContaining(`entries[${index}]`),
});

test("a customer named by an old and a new BSUID gets a campaign once", async () => {
  const { graph, console, runtime } = await aSendingBusiness({ BSUID_SENDING: "available" });
  console.flip(NUMBER, true);
  const [{ bsuid: previous }, { bsuid: current }, { bsuid: other }] = [
    aPhoneLess(),
    aPhoneLess(),
    aPhoneLess(),
  ];
  const metadata = { display_phone_number: SENDER.slice(1), phone_number_id: NUMBER };
  const update = { user_id: { previous, current }, timestamp: "1790000300" };
  await runtime.post(
    aPayload({ field: "user_id_update", value: { metadata, user_id_update: [update] } }),
  );
  const clients = [`bsuid:${previous}`, `bsuid:${other}`, `bsuid:${current}`];
  const entries = await entriesOf(runtime, ...clients);
  expect(entries).toMatchObject([{ id: expect.any(String) }, {}, isDuplicateOf(0)]);
  expect(graph.sent.map(({ body }) => body.recipient)).toEqual([current, other]);
});

test("a customer named by phone and by BSUID, or in two spellings, gets a campaign once", async () => {
  const { graph, console, receiver, runtime } = await aSendingBusiness({
    BSUID_SENDING: "available",
  });
  console.flip(NUMBER, true);
  const from = { ...aCustomer(), phone: "5215550100144" };
  await runtime.post(aPayload(aMessage({ to: NUMBER, from, text: "known" })));
  await until(() => receiver.webhooks.some(({ body }) => body.message?.text === "known"));
  const clients = ["+525550100144", `bsuid:${from.bsuid}`, "+52 1 55 5010 0144", PHONE];
  const entries = await entriesOf(runtime, ...clients);
  expect(entries).toMatchObject([
    { id: expect.any(String) },
    isDuplicateOf(0),
    isDuplicateOf(0),
    { id: expect.any(String) },
  ]);
  expect(graph.sent.map(({ body }) => body.to)).toEqual(["525550100144", PHONE.slice(1)]);
});

test("a customer gets a campaign once, whichever of the business's numbers would send it", async () => {
  const { graph, console, receiver, runtime } = await aSendingBusiness({
    BSUID_SENDING: "available",
  });
  console.flip(NUMBER, true);
  const other = aStatus({ of: "300000000000002", to: { phone: "15550100188" } });
  other.value.metadata.display_phone_number = "15550100198";
  await runtime.post(aPayload(other));
  const from = aCustomer();
  await runtime.post(aPayload(aMessage({ to: NUMBER, from, text: "known" })));
  await until(() => receiver.webhooks.some(({ body }) => body.message?.text === "known"));
  const entries = [
    { client: `bsuid:${from.bsuid}`, sender: SENDER, campaignName: "spring" },
    { client: from.phone, sender: "+15550100198", campaignName: "spring" },
    { client: `+${from.phone}`, sender: "+15550100198", campaignName: "summer" },
  ];
  const { body } = await send(runtime, "campaigns", { entries });
  expect(body.entries).toMatchObject([{ id: expect.any(String) }, isDuplicateOf(0), {}]);
  expect(graph.sent).toHaveLength(2);
});

test("a customer can get two campaigns, and two messages of the session", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const entries = ["spring", "summer"].map((campaignName) => ({ client: PHONE, campaignName }));
  await send(runtime, "campaigns", { sender: SENDER, entries });
  await send(runtime, "messages", session({ id: PHONE }));
  await send(runtime, "messages", session({ id: PHONE }));
  expect(graph.sent).toHaveLength(4);
});

test("a webhook's customer object as recipient is sent to by the phone, or by the BSUID without one", async () => {
  const { graph, console, receiver, runtime } = await aSendingBusiness({
    BSUID_SENDING: "available",
  });
  console.flip(NUMBER, true);
  const phoneLess = aPhoneLess();
  const customer = aCustomer();
  await until(async () => {
    await runtime.post(aPayload(aMessage({ to: NUMBER, from: phoneLess })));
    return receiver.webhooks.some(({ body }) => body.sender.id === phoneLess.bsuid);
  });
  await runtime.post(aPayload(aMessage({ to: NUMBER, from: customer, text: "both" })));
  await until(() => receiver.webhooks.some(({ body }) => body.message?.text === "both"));
  const business = receiver.webhooks.at(-1)?.body.recipient;
  // Webhooks of different customers come in any order.
  for (const { bsuid } of [phoneLess, customer]) {
    const recipient = receiver.webhooks.find(({ text }) => text.includes(bsuid))?.body.sender;
    const answer = await send(runtime, "messages", {
      sender: business,
      recipient,
      message: { text: "hello" },
    });
    expect(answer.status).toBe(200);
  }
  expect(graph.sent.map(({ body }) => [body.to, body.recipient])).toEqual([
    [undefined, phoneLess.bsuid],
    [customer.phone, undefined],
  ]);
});
