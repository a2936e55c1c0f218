import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { startReceiver } from "../runtime/testing/a-receiver.ts";
import { aMessage, aPayload, aPhoneLess, aWamid } from "../runtime/testing/payloads.ts";
import { type DemoProcess, startDemoProcess } from "./demo-process.ts";
import { test as base, expect, signIn } from "./fixtures.ts";

type Receiver = Awaited<ReturnType<typeof startReceiver>>;
type Delivery = { kind: string; messageId: string; case: string; cursor?: string };
type AuditEvent = { action: string; reason: string; occurredAt: string };

const customer = aPhoneLess();

/** The demo as a newcomer starts it, with a business that takes its webhooks in this process. */
const test = base.extend<{ support: Page }, { receiver: Receiver; demo: DemoProcess }>({
  receiver: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from the pattern
    async ({}, use) => {
      const receiver = await startReceiver();
      await use(receiver);
      await receiver.close();
    },
    { scope: "worker" },
  ],
  demo: [
    async ({ receiver }, use) => {
      const demo = await startDemoProcess({ webhookUrl: receiver.url });
      await use(demo);
      await demo.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  support: async ({ demo, browser }, use) => {
    const context = await browser.newContext({ baseURL: demo.url, locale: "en-US" });
    const person = demo.people.find(({ role }) => role === "support");
    if (!person) throw new Error("The demo has nobody of support.");
    await signIn(context, person);
    await use(await context.newPage());
    await context.close();
  },
});

// One worker, because each worker would start all of it.
test.describe.configure({ mode: "default" });
// The demo starts, and a runtime reports once a minute.
test.setTimeout(240_000);

async function aPhoneOnlyNumber({ url, tokens }: DemoProcess): Promise<string> {
  const headers = { authorization: `Bearer ${tokens.support}` };
  const query = "accepts=false&retired=false&limit=1";
  const answer = await fetch(`${url}/api/v1/numbers?${query}`, { headers });
  const { items } = (await answer.json()) as { items: { phoneNumberId: string }[] };
  return items[0]?.phoneNumberId ?? "";
}

/** Posts a message from the phone-less customer, as Meta does. Its text is its id, which is returned. */
async function postMessage({ runtime }: DemoProcess, to: string): Promise<string> {
  const id = aWamid();
  const payload = aPayload(aMessage({ to, from: customer, id, text: id }));
  const answer = await fetch(`${runtime.url}/meta/webhook`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(payload),
  });
  expect(answer.status).toBe(200);
  return id;
}

async function findDelivery({ runtime }: DemoProcess, id: string): Promise<Delivery | undefined> {
  const headers = { "x-api-key": runtime.apiKey };
  const query = new URLSearchParams({ messageId: id });
  const answer = await fetch(`${runtime.url}/deliveries?${query}`, { headers });
  const { items } = (await answer.json()) as { items: Delivery[] };
  return items[0];
}

/** Posts messages repeatedly; returns when the first webhook arrived. */
async function postUntilDelivered(demo: DemoProcess, receiver: Receiver, to: string) {
  const from = receiver.webhooks.length;
  while (receiver.webhooks.length === from) {
    await postMessage(demo, to);
    await sleep(50);
  }
  const [first] = receiver.webhooks.slice(from);
  if (!first) throw new Error("A webhook came.");
  return first;
}

async function readTrail({ url, tokens }: DemoProcess, id: string): Promise<AuditEvent[]> {
  const headers = { authorization: `Bearer ${tokens.support}` };
  const answer = await fetch(`${url}/api/v1/numbers/${id}/history`, { headers });
  return ((await answer.json()) as { items: AuditEvent[] }).items;
}

async function readLost(page: Page): Promise<number> {
  await page.reload();
  const summary = page.getByRole("region", { name: "Phone-less customers" });
  const text = (await summary.textContent()) ?? "";
  return Number(/([\d,]+) messages? lost/.exec(text)?.[1]?.replace(",", ""));
}

async function flip(page: Page, how: { button: RegExp; reason: string; says: RegExp }) {
  await page.getByRole("switch").first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(how.reason);
  await dialog.getByRole("button", { name: how.button }).click();
  await expect(page.getByText(how.says).first()).toBeVisible();
}

const ENABLE = { button: /^Turn on/, reason: "They asked for it", says: /now accepting/ };
const DISABLE = { button: /phone-only$/, reason: "They asked to stop", says: /now phone-only/ };

test("a phone-less customer is dropped, counted, accepted within a second of the flip, and dropped again", async ({
  demo,
  receiver,
  support: page,
}) => {
  const id = await aPhoneOnlyNumber(demo);
  await page.goto(`/numbers/${id}`);
  const lostBefore = await readLost(page);
  const first = await postMessage(demo, id);
  expect(await findDelivery(demo, first)).toMatchObject({ kind: "drop", case: "phone_less" });
  // The runtime reports every ten seconds.
  await expect.poll(() => readLost(page), { timeout: 60_000 }).toBe(lostBefore + 1);
  expect(receiver.webhooks).toEqual([]);

  const arriving = postUntilDelivered(demo, receiver, id);
  await flip(page, ENABLE);
  const webhook = await arriving;
  const [enabled] = await readTrail(demo, id);
  expect(webhook.at - Date.parse(enabled?.occurredAt ?? "")).toBeLessThan(1_000);
  expect(webhook.isSigned).toBe(true);
  const { bsuid, name } = customer;
  const sender = { id: bsuid, userId: bsuid, phoneNumber: "", channelType: "whatsapp", name };
  expect(webhook.body.sender).toEqual(sender);

  await page.reload();
  await flip(page, DISABLE);
  await expect
    .poll(async () => (await findDelivery(demo, await postMessage(demo, id)))?.kind)
    .toBe("drop");
  expect(await findDelivery(demo, first)).toMatchObject({ kind: "drop" });
  const trail = await readTrail(demo, id);
  expect(trail.slice(0, 2).map(({ action, reason }) => [action, reason])).toEqual([
    ["flag.disabled", DISABLE.reason],
    ["flag.enabled", ENABLE.reason],
  ]);
  const history = page.getByRole("region", { name: "History" });
  await page.reload();
  await expect(history).toContainText(ENABLE.reason);
  await expect(history).toContainText(DISABLE.reason);
});

test("PostgreSQL killed in between: messages are decided by the flags as they were, and the next flip arrives", async ({
  demo,
  receiver,
  support: page,
}) => {
  const id = await aPhoneOnlyNumber(demo);
  await page.goto(`/numbers/${id}`);
  expect(await findDelivery(demo, await postMessage(demo, id))).toMatchObject({ kind: "drop" });
  await demo.killPostgres();
  expect(await findDelivery(demo, await postMessage(demo, id))).toMatchObject({ kind: "drop" });
  await expect.poll(() => isDatabaseUp(demo), { timeout: 60_000 }).toBe(true);

  const arriving = postUntilDelivered(demo, receiver, id);
  await page.reload();
  await flip(page, ENABLE);
  await arriving;
  await demo.killPostgres();
  const during = await postMessage(demo, id);
  await expect
    .poll(() => receiver.webhooks.some(({ body }) => body.message?.text === during))
    .toBe(true);
  await expect.poll(() => isDatabaseUp(demo), { timeout: 60_000 }).toBe(true);

  await page.reload();
  await flip(page, DISABLE);
  await expect
    .poll(async () => (await findDelivery(demo, await postMessage(demo, id)))?.kind)
    .toBe("drop");
  const trail = await readTrail(demo, id);
  expect(trail.slice(0, 2).map(({ action }) => action)).toEqual(["flag.disabled", "flag.enabled"]);
});

async function isDatabaseUp({ url }: DemoProcess): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`);
  return ((await answer.json()) as { database: string }).database === "up";
}
