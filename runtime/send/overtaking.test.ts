import { expect, test } from "vitest";
import { aSendingBusiness, NUMBER, PHONE, send, session } from "../testing/a-sending-business.ts";
import { aMessage, aPayload, aStatus } from "../testing/payloads.ts";
import { until } from "../testing/until.ts";

const to = { phone: PHONE.slice(1) };
const callbackData = { order: 42 };

test("statuses that come before Meta's answer to the send are delivered with the business's id and callback data, in order", async () => {
  const { graph, receiver, runtime } = await aSendingBusiness();
  graph.beforeAnswer(async (id) => {
    for (const status of ["sent", "delivered"]) {
      const answer = await runtime.post(aPayload(aStatus({ of: NUMBER, to, id, status })));
      // Meta gets its answer at once, not only when the send is done.
      expect(answer.status).toBe(200);
    }
    await runtime.post(aPayload(aMessage({ to: NUMBER, from: to, text: "thanks" })));
  });
  const sent = await send(runtime, "messages", { ...session({ id: PHONE }), callbackData });
  await runtime.post(
    aPayload(aStatus({ of: NUMBER, to, id: graph.answered[0] ?? "", status: "read" })),
  );
  await until(() => receiver.webhooks.length === 5);
  const [, ...updates] = receiver.webhooks.map(({ body }) => body);
  expect(updates).toMatchObject([
    { statusUpdate: { id: sent.body.id, status: "sent" }, callbackData },
    { statusUpdate: { id: sent.body.id, status: "delivered" }, callbackData },
    { message: { text: "thanks" } },
    { statusUpdate: { id: sent.body.id, status: "read" }, callbackData },
  ]);
  const [read] = await runtime.deliveries({ limit: 1 });
  expect(read?.payload).toMatchObject({ statusUpdate: { id: sent.body.id } });
});

test("a status of another sender's message waits for the sends under way, and keeps Meta's id", async () => {
  const { graph, receiver, runtime } = await aSendingBusiness();
  const id = "wamid.of-another-program";
  graph.beforeAnswer(async () => {
    await runtime.post(aPayload(aStatus({ of: NUMBER, to, id })));
  });
  await send(runtime, "messages", session({ id: PHONE }));
  await until(() => receiver.webhooks.length === 2);
  expect(receiver.webhooks[1]?.body).toMatchObject({ statusUpdate: { id, status: "delivered" } });
});

test("a send that Meta never answers delays statuses only until it times out", async () => {
  const { graph, receiver, runtime } = await aSendingBusiness();
  graph.refuse({ status: 400, body: { error: { code: 131_047 } } });
  const sending = send(runtime, "messages", session({ id: PHONE }));
  await runtime.post(aPayload(aStatus({ of: NUMBER, to })));
  await sending;
  await until(() => receiver.webhooks.length === 2);
});
