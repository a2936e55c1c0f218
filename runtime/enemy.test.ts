import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { aBusinessHere } from "./testing/a-business.ts";
import { startGraph } from "./testing/a-graph.ts";
import { API_KEY, BUSINESS_ID } from "./testing/a-runtime.ts";
import { aCustomer, aMessage, aPayload, aPhoneLess } from "./testing/payloads.ts";
import { until } from "./testing/until.ts";

const NUMBER = "300000000000001";
const DEEP = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

test("a message that nests too deeply is refused, and the rest of its payload is delivered", async () => {
  const graph = await startGraph();
  const { receiver, runtime } = await aBusinessHere({ GRAPH_API_URL: graph.url });
  const both = [1, 2].map(() => aMessage({ to: NUMBER, from: aCustomer() }));
  const hostile = JSON.stringify(aPayload(...both)).replace(
    '"type":"text","text":{"body":"hi"}',
    `"type":"odd","odd":{"x":${DEEP}}`,
  );
  expect((await runtime.post(hostile)).status).toBe(200);
  await until(() => receiver.webhooks.length === 1);
  expect((await runtime.deliveries()).map(({ kind }) => kind)).toEqual(["webhook", "refused"]);
  expect((await runtime.post(DEEP)).status).toBe(200);

  const toPhone = `"sender":"+15550100199","recipient":{"id":"+15550100123"},"message":{"text":"hi"}`;
  const sent = await fetch(`${runtime.url}/v1/businesses/${BUSINESS_ID}/send/messages`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": API_KEY },
    body: `{${toPhone},"callbackData":${DEEP}}`,
  });
  expect(sent.status).toBe(400);
  expect(graph.sent).toEqual([]);
});

test("a payload of three megabytes with thousands of messages is accepted completely", async () => {
  const { runtime } = await aBusinessHere();
  const messages = Array.from({ length: 7_000 }, () =>
    aMessage({ to: NUMBER, from: aPhoneLess() }),
  );
  expect((await runtime.post(aPayload(...messages))).status).toBe(200);
  expect(await runtime.deliveries({ limit: 500 })).toHaveLength(500);
});

test("addresses and framings that are not valid HTTP are refused with a message, and the runtime goes on", async () => {
  const { runtime } = await aBusinessHere();
  for (const path of ["/%", "/v1/businesses/%E0%A4%A/send/messages"]) {
    const answer = await fetch(`${runtime.url}${path}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ type: "ERROR_TYPE_INVALID" });
  }
  const framings = [
    "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    "Content-Length : 4\r\n\r\nabcd",
  ];
  for (const framing of framings) {
    const head = "POST /meta/webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    const answered = await exchange(runtime.url, `${head}${framing}`);
    expect(answered.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 400"]);
  }
  for (const [line, status] of [
    ["GET /healthz HTTP/1.1\r\nConnection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c", 200],
    ["OPTIONS * HTTP/1.1\r\nConnection: close", 404],
    ["GET /healthz HTTP/1.1\r\nConnection: close, Upgrade\r\nUpgrade: websocket", 200],
  ] as const) {
    expect(await exchange(runtime.url, `${line}\r\nHost: x\r\n\r\n`)).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} `),
    );
  }
  expect((await fetch(`${runtime.url}/healthz`)).status).toBe(200);
});

/** Sends these bytes; resolves to the answer. */
async function exchange(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answered = "";
  socket.on("data", (chunk) => {
    answered += String(chunk);
  });
  const closed = once(socket, "close");
  socket.write(bytes);
  await closed;
  return answered;
}

test("an answer that does not end counts by its status, and delays no other webhook", async () => {
  const { receiver, runtime } = await aBusinessHere();
  const statuses = [500];
  receiver.behave((response) => {
    response.writeHead(statuses.shift() ?? 200);
    const flood = () => {
      while (!response.destroyed && response.write("x".repeat(16_384)));
    };
    response.on("drain", flood);
    flood();
  });
  const from = aCustomer();
  for (const text of ["first", "second"])
    await runtime.post(aPayload(aMessage({ to: NUMBER, from, text })));
  const isDelivered = ({ status }: { status?: string }) => status === "delivered";
  await until(async () => (await runtime.deliveries()).every(isDelivered));
  const texts = receiver.webhooks.map(({ body }) => body.message?.text);
  expect(texts).toEqual(["first", "first", "second"]);
});
