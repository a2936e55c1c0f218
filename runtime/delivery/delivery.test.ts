import { expect, test } from "vitest";
import { aBusiness } from "../testing/a-business.ts";
import { startReceiver } from "../testing/a-receiver.ts";
import { aCustomer, aMessage, aPayload } from "../testing/payloads.ts";
import { until } from "../testing/until.ts";

const NUMBER = "300000000000001";
/** More than there are connections, so that each has to be reused. */
const MANY = 300;

type Runtime = Awaited<ReturnType<typeof aBusiness>>["runtime"];

/** Posts MANY messages in one payload, each of another customer. */
async function postMany(runtime: Runtime): Promise<void> {
  const changes = Array.from({ length: MANY }, () => aMessage({ to: NUMBER, from: aCustomer() }));
  await runtime.post(aPayload(...changes));
}

/** Waits until all of them are delivered, and expects one attempt for each. */
async function expectOneAttemptEach(runtime: Runtime): Promise<void> {
  const delivered = async () =>
    (await runtime.deliveries()).filter(({ status }) => status === "delivered");
  await until(async () => (await delivered()).length === MANY, 10_000);
  expect((await delivered()).every(({ attempts }) => attempts === 1)).toBe(true);
}

test("a webhook that the business refuses is repeated with the same event id until it is accepted", async () => {
  const { receiver, runtime } = await aBusiness();
  const refusals = [500, 404, 302];
  receiver.behave((response) => {
    response.writeHead(refusals.shift() ?? 204, { location: "/" }).end();
  });
  await runtime.post(aPayload(aMessage({ to: NUMBER, from: aCustomer() })));
  await until(() => receiver.webhooks.length === 4, 10_000);
  expect(new Set(receiver.webhooks.map(({ eventId }) => eventId)).size).toBe(1);
  const [first, second, third, fourth] = receiver.webhooks.map(({ at }) => at);
  const waits = [Number(second) - Number(first), Number(fourth) - Number(third)];
  expect(waits[0]).toBeGreaterThanOrEqual(240);
  expect(waits[1]).toBeGreaterThanOrEqual(990);
  await until(async () => (await runtime.deliveries())[0]?.status === "delivered");
  expect((await runtime.deliveries())[0]?.attempts).toBe(4);
  expect(runtime.log()).toContain("webhook fails");
  expect(runtime.log()).toContain("works again");
});

test("a customer's webhooks keep their order while the first is repeated, and delay no other customer's", async () => {
  const { receiver, runtime } = await aBusiness();
  const [slow, quick] = [aCustomer(), aCustomer()];
  let isRefusing = true;
  receiver.behave((response, { body }) => {
    const isSlow = body.sender.id === `+${slow.phone}`;
    response.writeHead(isSlow && isRefusing ? 503 : 200).end();
  });
  const send = (from: typeof slow, text: string) =>
    runtime.post(aPayload(aMessage({ to: NUMBER, from, text })));
  for (const text of ["1", "2", "3"]) await send(slow, text);
  for (const text of ["a", "b"]) await send(quick, text);
  const texts = (of: typeof slow) =>
    receiver.webhooks
      .filter(({ body }) => body.sender.id === `+${of.phone}`)
      .map(({ body }) => body.message?.text);
  await until(() => texts(quick).length === 2 && texts(slow).length >= 2, 5_000);
  expect(new Set(texts(slow))).toEqual(new Set(["1"]));
  isRefusing = false;
  await until(() => texts(slow).includes("3"), 10_000);
  expect([...new Set(texts(slow))]).toEqual(["1", "2", "3"]);
  expect(texts(quick)).toEqual(["a", "b"]);
});

test("an attempt that is not answered ends after ten seconds, and other customers do not wait", async () => {
  const { receiver, runtime } = await aBusiness();
  const hanging = aCustomer();
  receiver.behave((response, { body }) => {
    if (body.sender.id !== `+${hanging.phone}`) response.end();
  });
  const startedAt = Date.now();
  await runtime.post(aPayload(aMessage({ to: NUMBER, from: hanging })));
  await until(() => receiver.webhooks.length === 1);
  await runtime.post(aPayload(aMessage({ to: NUMBER, from: aCustomer() })));
  await until(() => receiver.webhooks.length === 2, 1_000);
  receiver.behave((response) => void response.end());
  await until(() => receiver.webhooks.length === 3, 20_000);
  const [first, , third] = receiver.webhooks;
  expect(third?.eventId).toBe(first?.eventId);
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(9_900);
  // Ten seconds are how long a receiver may take.
}, 60_000);

test("a receiver that was down gets everything in order once it is back, also after a restart of the runtime", async () => {
  const { receiver, runtime, restart } = await aBusiness();
  const customer = aCustomer();
  await receiver.close();
  for (const text of ["1", "2", "3"])
    await runtime.post(aPayload(aMessage({ to: NUMBER, from: customer, text })));
  await until(async () => (await runtime.deliveries()).some(({ attempts }) => attempts));
  expect((await runtime.deliveries()).map(({ status }) => status)).toEqual(
    Array(3).fill("pending"),
  );
  await runtime.stop();
  await restart();
  const back = await startReceiver(receiver.port);
  await until(() => back.webhooks.length === 3, 20_000);
  expect(back.webhooks.map(({ body }) => body.message?.text)).toEqual(["1", "2", "3"]);
  await back.close();
});

test("a webhook that cannot be delivered fails after the configured time, and the next one goes out", async () => {
  const { receiver, runtime } = await aBusiness({ WEBHOOK_GIVE_UP_HOURS: String(1 / 3_600) });
  receiver.behave((response, { body }) => {
    response.writeHead(body.message?.text === "refused" ? 500 : 200).end();
  });
  const from = aCustomer();
  await runtime.post(aPayload(aMessage({ to: NUMBER, from, text: "refused" })));
  await runtime.post(aPayload(aMessage({ to: NUMBER, from, text: "taken" })));
  const statuses = async () => (await runtime.deliveries()).map(({ status }) => status);
  await until(async () => (await statuses())[0] === "delivered", 10_000);
  expect(await statuses()).toEqual(["delivered", "failed"]);
  expect(runtime.log()).toContain("given up");
});

test("a receiver that ends the connection with each answer gets each webhook once", async () => {
  const { receiver, runtime } = await aBusiness();
  receiver.behave((response) => response.setHeader("connection", "close").end());
  await postMany(runtime);
  await expectOneAttemptEach(runtime);
  expect(receiver.webhooks).toHaveLength(MANY);
});

test("a receiver that cuts the connection after each answer gets each webhook", async () => {
  const { receiver, runtime } = await aBusiness();
  receiver.behave((response) => response.end(() => response.socket?.destroy()));
  await postMany(runtime);
  const taken = () => new Set(receiver.webhooks.map(({ eventId }) => eventId)).size;
  await until(() => taken() === MANY, 20_000);
  await expectOneAttemptEach(runtime);
  expect(runtime.log()).not.toContain("webhook fails");
});

test("a receiver that cuts every connection gets a webhook twice at once, and again after a wait", async () => {
  const { receiver, runtime } = await aBusiness();
  receiver.behave((response) => void response.socket?.destroy());
  await runtime.post(aPayload(aMessage({ to: NUMBER, from: aCustomer() })));
  await until(() => receiver.webhooks.length === 4, 5_000);
  receiver.behave((response) => response.end());
  await until(async () => (await runtime.deliveries())[0]?.status === "delivered", 5_000);
  const [first, second, third] = receiver.webhooks;
  expect(Number(second?.at) - Number(first?.at)).toBeLessThan(200);
  expect(Number(third?.at) - Number(second?.at)).toBeGreaterThanOrEqual(240);
  expect(new Set(receiver.webhooks.map(({ eventId }) => eventId)).size).toBe(1);
  expect((await runtime.deliveries())[0]?.attempts).toBe(3);
});
