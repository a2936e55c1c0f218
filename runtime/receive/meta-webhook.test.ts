import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { aBusiness, aBusinessHere, readFlags } from "../testing/a-business.ts";
import { API_KEY } from "../testing/a-runtime.ts";
import { announceBytes } from "../testing/announce-bytes.ts";
import { aCustomer, aMessage, aPayload, aPhoneLess, aStatus, aWamid } from "../testing/payloads.ts";
import { until } from "../testing/until.ts";

const NUMBER = "300000000000001";
const OTHER = "300000000000002";
const APP_SECRET = "the app's secret";

const signed = (payload: string, secret = APP_SECRET) => ({
  "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(payload).digest("hex")}`,
});

test("Meta's check is answered with its challenge only if the verify token is right", async () => {
  const { runtime } = await aBusinessHere({ META_VERIFY_TOKEN: "the word" });
  const ask = (query: Record<string, string>) =>
    fetch(`${runtime.url}/meta/webhook?${new URLSearchParams(query)}`);
  const right = { "hub.mode": "subscribe", "hub.verify_token": "the word", "hub.challenge": "42" };
  const answer = await ask(right);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe("42");
  expect((await ask({ ...right, "hub.verify_token": "the wor" })).status).toBe(403);
  expect((await ask({ ...right, "hub.mode": "unsubscribe" })).status).toBe(403);
  expect((await ask({})).status).toBe(403);
});

test("without META_VERIFY_TOKEN no check succeeds, whatever token it sends", async () => {
  const { runtime } = await aBusinessHere();
  const query = "hub.mode=subscribe&hub.verify_token=&hub.challenge=42";
  expect((await fetch(`${runtime.url}/meta/webhook?${query}`)).status).toBe(403);
});

test("only payloads that Meta signed are accepted, byte for byte", async () => {
  const { runtime } = await aBusinessHere({ META_APP_SECRET: APP_SECRET });
  const payload = JSON.stringify(aPayload(aMessage({ to: NUMBER, from: aCustomer() })));
  const of = async (headers: Record<string, string>, sent = payload) =>
    (await runtime.post(sent, headers)).status;
  expect(await of({})).toBe(401);
  expect(await of(signed(payload, "another secret"))).toBe(401);
  expect(await of({ "x-hub-signature-256": "sha256=" })).toBe(401);
  expect(await of({ "x-hub-signature-256": `sha1=${"0".repeat(64)}` })).toBe(401);
  expect(await of(signed(payload), `${payload} `)).toBe(401);
  expect(await runtime.deliveries()).toEqual([]);
  expect(await of(signed(payload))).toBe(200);
  expect(await runtime.deliveries()).toHaveLength(1);
});

test("a phone-less customer is dropped while the number is off, and delivered while it is on", async () => {
  const { console, receiver, runtime } = await aBusinessHere();
  const customer = aPhoneLess();
  const offId = aWamid();
  expect(
    (await runtime.post(aPayload(aMessage({ to: NUMBER, from: customer, id: offId })))).status,
  ).toBe(200);
  const [drop] = await runtime.deliveries({ messageId: offId });
  const mistyped = await fetch(`${runtime.url}/deliveries?messageID=${offId}`, {
    headers: { "x-api-key": API_KEY },
  });
  expect(mistyped.status).toBe(400);
  expect(drop).toMatchObject({
    kind: "drop",
    phoneNumberId: NUMBER,
    messageId: expect.stringMatching(/^h:[0-9a-f]{32}$/),
    case: "phone_less",
    cursor: (await readFlags(runtime.url)).cursor,
  });
  console.flip(NUMBER, true);
  await until(async () => {
    const before = receiver.webhooks.length;
    await runtime.post(aPayload(aMessage({ to: NUMBER, from: customer, text: "again" })));
    await until(() => receiver.webhooks.length > before, 200).catch(() => null);
    return receiver.webhooks.length > before;
  }, 5_000);
  const [webhook] = receiver.webhooks;
  expect(webhook).toMatchObject({ isSigned: true });
  expect(webhook?.body).toMatchObject({
    sender: {
      id: customer.bsuid,
      userId: customer.bsuid,
      phoneNumber: "",
      channelType: "whatsapp",
      name: "Ana P",
    },
    recipient: { id: "+15550100199" },
    timestamp: "1790000000",
    message: { text: "again" },
  });
  expect(webhook?.body).not.toHaveProperty("topic");
});

test("customers with a phone are delivered, on or off; the object changes with the flag", async () => {
  const { console, receiver, runtime } = await aBusinessHere();
  console.flip(OTHER, true);
  const both = aCustomer();
  const { bsuid: _, ...legacy } = aCustomer();
  await until(async () => (await readFlags(runtime.url)).cursor === console.flags.cursor);
  const payload = aPayload(
    ...[NUMBER, OTHER].flatMap((to) => [
      aMessage({ to, from: both }),
      aMessage({ to, from: legacy }),
    ]),
  );
  expect((await runtime.post(payload)).status).toBe(200);
  await until(() => receiver.webhooks.length === 4);
  const senders = receiver.webhooks.map(({ body }) => body.sender);
  const [phone, legacyPhone] = [`+${both.phone}`, `+${legacy.phone}`];
  const whatsapp = { channelType: "whatsapp", name: "Ana P" };
  expect(senders).toHaveLength(4);
  expect(senders).toEqual(
    expect.arrayContaining([
      { id: phone, ...whatsapp },
      { id: legacyPhone, ...whatsapp },
      { id: both.bsuid, userId: both.bsuid, phoneNumber: phone, ...whatsapp },
      { id: legacyPhone, userId: "", phoneNumber: legacyPhone, ...whatsapp },
    ]),
  );
});

test("one payload is decided message by message: dropped, delivered, refused and unreadable side by side", async () => {
  const { console, receiver, runtime } = await aBusiness();
  console.flip(OTHER, true);
  await until(async () => (await readFlags(runtime.url)).cursor === console.flags.cursor);
  const customer = aPhoneLess();
  const nobody = aMessage({ to: NUMBER, from: {} });
  const broken = { field: "messages", value: { metadata: {}, messages: [{ id: aWamid() }] } };
  const payload = aPayload(
    broken,
    aMessage({ to: NUMBER, from: customer }),
    nobody,
    aMessage({ to: OTHER, from: customer }),
  );
  expect((await runtime.post(payload)).status).toBe(200);
  await until(() => receiver.webhooks.length === 1);
  const items = await runtime.deliveries();
  expect(items.map(({ kind, phoneNumberId, case: of }) => [kind, phoneNumberId, of])).toEqual([
    ["webhook", OTHER, "phone_less"],
    ["refused", NUMBER, "unidentified"],
    ["drop", NUMBER, "phone_less"],
    ["refused", null, "unreadable"],
  ]);
  expect(items[1]?.why).toMatch(/phone/);
  await console.stop();
  expect(runtime.log()).not.toContain(customer.bsuid);
});

test("a message that Meta repeats keeps its first decision, across a flip and a restart", async () => {
  const { console, receiver, runtime, restart } = await aBusinessHere();
  const payload = aPayload(aMessage({ to: NUMBER, from: aPhoneLess() }));
  const twice = aMessage({ to: NUMBER, from: aCustomer() });
  await runtime.post(payload);
  await runtime.post(aPayload(twice, twice));
  console.flip(NUMBER, true);
  await until(async () => (await readFlags(runtime.url)).cursor === console.flags.cursor);
  expect((await runtime.post(payload)).status).toBe(200);
  await runtime.stop();
  const again = await restart();
  expect((await again.post(payload)).status).toBe(200);
  expect((await again.deliveries()).map(({ kind }) => kind)).toEqual(["webhook", "drop"]);
  expect(receiver.webhooks).toHaveLength(1);
  await until(() => console.counted.size > 0);
  await again.stop();
  const counts = [...console.counted.values()].flatMap((report) => report.counts);
  const sum = (column: string) =>
    counts.reduce((total, count) => total + Number(count[column] ?? 0), 0);
  expect([sum("phoneLessDropped"), sum("phoneLessAccepted"), sum("phoneAndBsuid")]).toEqual([
    1, 0, 1,
  ]);
});

test("a status is never dropped, and a repeated one is delivered once", async () => {
  const { receiver, runtime } = await aBusinessHere();
  const id = aWamid();
  const to = aPhoneLess();
  const delivered = aStatus({ of: NUMBER, to, id });
  await runtime.post(aPayload(delivered));
  await runtime.post(aPayload(delivered, aStatus({ of: NUMBER, to, id, status: "read" })));
  await until(() => receiver.webhooks.length === 2);
  expect(receiver.webhooks.map(({ body }) => body)).toMatchObject([
    { topic: "delivery_status", sender: { id: "+15550100199" }, statusUpdate: { id } },
    { topic: "delivery_status", statusUpdate: { id, status: "read" } },
  ]);
});

test("a body that is not a payload is refused with a message, and nothing of it is kept", async () => {
  const { runtime } = await aBusinessHere();
  for (const payload of ["{", ""]) {
    const answer = await runtime.post(payload);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      type: expect.stringContaining("ERROR_TYPE_"),
      code: expect.stringContaining("ERROR_CODE_"),
      cntTraceId: expect.any(String),
      details: {},
    });
  }
  expect((await runtime.post("{}", { "content-type": "text/plain" })).status).toBe(415);
  expect(await announceBytes(runtime.url, 3 * 1024 * 1024 + 1)).toBe(413);
  expect(await runtime.deliveries()).toEqual([]);
});

test("deliveries are listed for clients with the API key, newest first, as many as asked for", async () => {
  const { runtime } = await aBusinessHere();
  for (const text of ["1", "2", "3"])
    await runtime.post(aPayload(aMessage({ to: NUMBER, from: aCustomer(), id: `wamid.${text}` })));
  const ids = (await runtime.deliveries({ limit: 2 })).map(({ messageId }) => messageId);
  expect(ids).toEqual(["wamid.3", "wamid.2"]);
  const wrong = await fetch(`${runtime.url}/deliveries`, { headers: { "x-api-key": "wrong" } });
  expect(wrong.status).toBe(401);
  expect((await fetch(`${runtime.url}/deliveries`)).status).toBe(401);
});
