import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { aBusiness } from "../testing/a-business.ts";
import { announceBytes } from "../testing/announce-bytes.ts";
import { aCustomer, aMessage, aPayload, aPhoneLess, aWamid } from "../testing/payloads.ts";

const NUMBER = "300000000000001";
const APP_SECRET = "the app's secret";

const METADATA = { display_phone_number: "15550100199", phone_number_id: NUMBER };
const change = (value: object, field = "messages") => ({ field, value });

test("accepted items that cannot be read are listed once, with number, id and reason", async () => {
  const { runtime } = await aBusiness();
  const [noTime, noNumber, sound] = [aWamid(), aWamid(), aWamid()];
  const payload = aPayload(
    change({ metadata: METADATA, messages: [{ id: noTime, type: "text" }] }),
    change({ metadata: {}, messages: [{ id: noNumber, type: "text", timestamp: "1" }] }),
    change({ metadata: METADATA, statuses: [{ id: noTime, timestamp: "1" }] }),
    change({
      metadata: METADATA,
      errors: [{ code: 131060, title: "This message is unavailable" }],
    }),
    change({ metadata: METADATA, messages: "no list" }),
    aMessage({ to: NUMBER, from: aCustomer(), id: sound }),
  );
  expect((await runtime.post(payload)).status).toBe(200);
  expect((await runtime.post({ object: "page", entry: [] })).status).toBe(200);
  const [ofPage, message, ...unreadable] = await runtime.deliveries();
  expect(message).toMatchObject({ kind: "webhook", messageId: sound });
  const about = { kind: "refused", case: "unreadable", at: expect.any(String) };
  const none = { phoneNumberId: null, messageId: null };
  expect(ofPage).toEqual({
    ...about,
    ...none,
    why: "The payload is not about a WhatsApp Business Account.",
  });
  expect(unreadable.toReversed()).toEqual([
    {
      ...about,
      phoneNumberId: NUMBER,
      messageId: noTime,
      why: "The message has no timestamp in seconds.",
    },
    {
      ...about,
      phoneNumberId: null,
      messageId: noNumber,
      why: expect.stringContaining("phone_number_id"),
    },
    {
      ...about,
      phoneNumberId: NUMBER,
      messageId: noTime,
      why: "The status does not say which one it is.",
    },
    {
      ...about,
      phoneNumberId: NUMBER,
      messageId: null,
      code: 131060,
      why: "Meta reports: This message is unavailable",
    },
    { ...about, phoneNumberId: NUMBER, messageId: null, why: "This is no list." },
  ]);
  expect(await runtime.deliveries({ messageId: noTime })).toHaveLength(2);
  await runtime.post(
    aPayload(change({ metadata: METADATA, messages: [{ id: noTime, type: "text" }] })),
  );
  expect(await runtime.deliveries({ messageId: noTime })).toHaveLength(2);
});

test("a payload with a repeated key is refused and logged: the first value would be lost", async () => {
  const { runtime } = await aBusiness();
  const { bsuid } = aPhoneLess();
  const payload = JSON.stringify(aPayload(aMessage({ to: NUMBER, from: { bsuid } })));
  const twice = [
    payload.replace('"from_user_id"', '"from":"15550100123","from":null,"from_user_id"'),
    payload.replace('"messages":', '"messages":[{"id":"wamid.1"}],"messages":'),
  ];
  for (const text of twice) expect((await runtime.post(text)).status).toBe(400);
  expect(await runtime.deliveries()).toEqual([]);
  expect(runtime.log()).toContain("An object of the body has one key twice.");
  expect((await runtime.post(`\ufeff${payload}`)).status).toBe(200);
  expect(await runtime.deliveries()).toMatchObject([{ kind: "drop" }]);
});

test("a message that was unreadable is decided when it comes again readable", async () => {
  const { runtime } = await aBusiness();
  const id = aWamid();
  await runtime.post(aPayload(change({ metadata: METADATA, messages: [{ id, type: "text" }] })));
  await runtime.post(aPayload(aMessage({ to: NUMBER, from: aCustomer(), id })));
  expect((await runtime.deliveries({ messageId: id })).map(({ kind }) => kind)).toEqual([
    "webhook",
    "refused",
  ]);
});

test("a payload of nothing but rubbish is accepted, and leaves a hundred rows and the count of the others", async () => {
  const { runtime } = await aBusiness();
  const messages = Array.from({ length: 60_000 }, () => 1);
  expect((await runtime.post(aPayload(change({ metadata: METADATA, messages })))).status).toBe(200);
  const items = await runtime.deliveries();
  expect(items).toHaveLength(101);
  expect(items[0]?.why).toMatch(/^59900 more /);
  expect(runtime.log().length).toBeLessThan(20_000);
});

test("refused payloads are logged and counted for people, without showing their content", async () => {
  const { runtime } = await aBusiness({ META_APP_SECRET: APP_SECRET });
  const signed = (payload: string) => ({
    "x-hub-signature-256": `sha256=${createHmac("sha256", APP_SECRET).update(payload).digest("hex")}`,
  });
  const secret = "a customer's words";
  const counts = async () =>
    (
      (await (await fetch(`${runtime.url}/healthz`)).json()) as {
        payloads: Record<string, unknown>;
      }
    ).payloads;
  expect(await counts()).toMatchObject({ taken: 0, refused: {}, trouble: null });
  for (let count = 0; count < 20; count += 1)
    expect((await runtime.post({ secret })).status).toBe(401);
  expect((await runtime.post(`{"${secret}`, signed(`{"${secret}`))).status).toBe(400);
  expect(await announceBytes(runtime.url, 3 * 1024 * 1024 + 1)).toBe(413);
  expect((await runtime.post({ secret }, { "content-type": "text/plain" })).status).toBe(415);
  await fetch(
    `${runtime.url}/meta/webhook?hub.mode=subscribe&hub.verify_token=${encodeURIComponent(secret)}`,
  );
  expect(await counts()).toMatchObject({
    taken: 0,
    lastTakenAt: null,
    refused: {
      401: { count: 20 },
      400: { count: 1, why: "The body is no JSON." },
      413: { count: 1, why: "The body is larger than this address takes." },
      415: { count: 1, why: "Send the body as application/json." },
    },
    trouble: expect.stringContaining("META_APP_SECRET"),
  });
  const lines = runtime.log().split("\n");
  for (const status of [401, 400, 413, 415])
    expect(lines.filter((line) => line.includes(`"status":${status}`))).toHaveLength(1);
  expect(runtime.log()).toContain("META_VERIFY_TOKEN");
  expect(runtime.log()).not.toContain(secret);
  const payload = JSON.stringify(aPayload(aMessage({ to: NUMBER, from: aCustomer() })));
  expect((await runtime.post(payload, signed(payload))).status).toBe(200);
  expect(await counts()).toMatchObject({
    taken: 1,
    trouble: null,
    lastTakenAt: expect.any(String),
  });
});
