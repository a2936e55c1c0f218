import { once } from "node:events";
import { createServer as createHttp, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, connect, createServer as createTcp } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { makeSelfSigned } from "#testing/http/self-signed.ts";
import { useWebhookReceiver } from "#testing/http/webhook-receiver.ts";

const receiver = useWebhookReceiver();

/** A proxy as operators have it: tunnels by CONNECT, and remembers where to. */
const tunnels: string[] = [];
const proxy = createHttp();
proxy.on("connect", (request, socket, head) => {
  tunnels.push(request.url ?? "");
  const { port } = new URL(receiver.url);
  const upstream = connect(Number(port), "127.0.0.1", () => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on("error", () => socket.destroy());
  socket.on("error", () => upstream.destroy());
});

const portOf = (server: Pick<Server, "address">) => (server.address() as AddressInfo).port;
const strangeTls = createHttps(makeSelfSigned(), (_, response) => response.end());
const silent = createTcp();
const hangsUp = createTcp((socket) => socket.destroy());
const servers = [proxy, strangeTls, silent, hangsUp];

beforeAll(async () => {
  for (const server of servers) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
  vi.stubEnv("DATABASE_URL", "postgresql://console@127.0.0.1/console");
  vi.stubEnv("NEXTAUTH_SECRET", "the secret of sessions, which is long enough");
});
afterAll(() => {
  for (const server of servers) server.close();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = () => ({ status: 204 });
  tunnels.length = 0;
});

/** Posts as a console with these settings does. */
async function post(
  url: string,
  settings: Record<string, string> = {},
  until: { signal?: AbortSignal; timeoutMs?: number } = {},
) {
  vi.resetModules();
  const ports = [new URL(receiver.url).port, ...servers.map(portOf), 443, 1].join(",");
  for (const [name, value] of Object.entries({ WEBHOOK_PORTS: ports, ...settings })) {
    vi.stubEnv(name, value);
  }
  const { postWebhook } = await import("./post-webhook.ts");
  return await postWebhook(url, {
    headers: { "webhook-id": "1" },
    body: "{}",
    signal: new AbortController().signal,
    ...until,
  });
}

test("it is posted straight to the receiver, whatever proxy the environment names", async () => {
  const address = `http://127.0.0.1:${portOf(proxy)}`;
  const environment = { HTTPS_PROXY: address, https_proxy: address, ALL_PROXY: address };
  const answer = await post(receiver.url, { ...environment, NODE_USE_ENV_PROXY: "1" });
  expect(answer).toEqual({ status: 204, failure: null, retryAfter: null });
  expect([receiver.received.length, tunnels]).toEqual([1, []]);
});

test("with a proxy in the settings it goes through that, to the host by its name", async () => {
  const WEBHOOK_PROXY = `http://127.0.0.1:${portOf(proxy)}`;
  const { port } = new URL(receiver.url);
  const answer = await post(`https://localhost:${port}/x`, { WEBHOOK_PROXY });
  expect(answer).toMatchObject({ status: 204 });
  expect(tunnels).toEqual([`localhost:${port}`]);
  expect(receiver.received).toMatchObject([{ path: "/x" }]);
  expect(await post("https://10.0.0.1/", { WEBHOOK_PROXY })).toMatchObject({
    failure: "url_refused",
  });
  expect(tunnels).toHaveLength(1);
  await post(receiver.url, { WEBHOOK_PROXY: "" });
});

const failure = (name: string) => ({ status: null, failure: name, retryAfter: null });

test.each([
  ["an address that the settings do not allow", () => "https://10.0.0.1/", "url_refused"],
  ["a port that they do not allow", () => "https://hooks.example.com:2/", "url_refused"],
  ["a host that nobody knows", () => "https://hooks.invalid/", "not_found"],
  ["a port that nobody listens at", () => "https://127.0.0.1:1/", "connection"],
  ["a certificate of nobody", () => `https://127.0.0.1:${portOf(strangeTls)}/`, "tls"],
  ["a server without TLS", () => `https://127.0.0.1:${portOf(proxy)}/`, "tls"],
  ["a server that hangs up", () => `https://127.0.0.1:${portOf(hangsUp)}/`, "connection"],
])("%s is told apart", async (_, url, name) => {
  expect(await post(url())).toEqual(failure(name));
});

test("a host that leads to this machine, which the settings do not allow, is not connected to", async () => {
  const { port } = new URL(receiver.url);
  const settings = { WEBHOOK_PRIVATE_NETWORKS: "10.0.0.0/8" };
  expect(await post(`https://localhost:${port}/`, settings)).toEqual(failure("address_refused"));
  expect(receiver.received).toEqual([]);
  await post(receiver.url, { WEBHOOK_PRIVATE_NETWORKS: "127.0.0.1/32" });
});

test("who has not answered in time has not answered, connected or not", async () => {
  const begun = performance.now();
  receiver.answer = async () => await new Promise(() => {});
  const answers = await Promise.all(
    [`https://127.0.0.1:${portOf(silent)}/`, receiver.url].map((url) =>
      post(url, {}, { timeoutMs: 500 }),
    ),
  );
  expect(answers).toEqual([failure("timeout"), failure("timeout")]);
  expect(performance.now() - begun).toBeGreaterThan(490);
});

test("an answer that does not end counts by its status", async () => {
  receiver.answer = () => ({ status: 200, headers: { "content-length": "100" }, body: "x" });
  expect(await post(receiver.url, {}, { timeoutMs: 1_000 })).toMatchObject({
    status: 200,
    failure: null,
  });
});

test("the header that asks for a pause is given on", async () => {
  receiver.answer = () => ({ status: 503, headers: { "retry-after": "120" } });
  const answer = { status: 503, failure: "status", retryAfter: "120" };
  expect(await post(receiver.url)).toEqual(answer);
});
