import type { LookupAddress } from "node:dns";
import { Agent, request } from "undici";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { HOSTILE_HOSTS } from "#testing/hostile-hosts.ts";
import { useWebhookReceiver } from "#testing/http/webhook-receiver.ts";
import { guardedConnector } from "./guarded-connector.ts";

const receiver = useWebhookReceiver();
useTestDatabase();

/** Connects as a webhook does, with a DNS that gives these answers in turn. */
async function post(host: string, ...answers: LookupAddress[][]) {
  let asked = 0;
  const dispatcher = new Agent({
    connect: guardedConnector({
      timeoutMs: 2_000,
      lookupAll: (_, __, callback) => {
        const answer = answers[Math.min(asked, answers.length - 1)] ?? [];
        asked += 1;
        callback(null, answer);
      },
    }),
  });
  const { port } = new URL(receiver.url);
  try {
    const { statusCode } = await request(`https://${host}:${port}/`, { dispatcher });
    return { statusCode, asked };
  } finally {
    await dispatcher.destroy();
  }
}

const v4 = (address: string): LookupAddress => ({ address, family: 4 });
const v6 = (address: string): LookupAddress => ({ address, family: 6 });
const refused = { name: "RefusedAddressError" };

test("a name that leads to an allowed address is connected to", async () => {
  expect(await post("localhost", [v4("127.0.0.1")])).toEqual({ statusCode: 204, asked: 1 });
});

test.each([
  ["one", [v4("127.0.0.2")]],
  ["a private one", [v4("10.0.0.1")]],
  ["one of several", [v4("127.0.0.1"), v4("10.0.0.1")]],
  ["one of another family", [v4("127.0.0.1"), v6("::1")]],
  ["a mapped one", [v6("::ffff:10.0.0.1")]],
  ["none at all", []],
])("a name is refused when not all of its addresses are allowed: %s", async (_, answer) => {
  await expect(post("localhost", answer)).rejects.toMatchObject(refused);
});

test("a name that leads elsewhere after the check is connected to what was checked", async () => {
  const { asked } = await post("localhost", [v4("127.0.0.1")], [v4("127.0.0.2")]);
  expect(asked).toBe(1);
});

test("a name that leads elsewhere at the next connection is refused then", async () => {
  const answers = [[v4("127.0.0.1")], [v4("169.254.169.254")]];
  let asked = 0;
  const dispatcher = new Agent({
    pipelining: 0,
    connect: guardedConnector({
      timeoutMs: 2_000,
      lookupAll: (_, __, callback) => callback(null, answers[asked++] ?? []),
    }),
  });
  const { port } = new URL(receiver.url);
  const once = () => request(`https://localhost:${port}/`, { dispatcher, reset: true });
  const { body } = await once();
  await body.dump();
  await expect(once()).rejects.toMatchObject(refused);
  await dispatcher.destroy();
});

test("nobody looks literal addresses up, and they are refused all the same", async () => {
  for (const host of Object.values(HOSTILE_HOSTS).flat()) {
    if (!URL.canParse(`https://${host}`) || host === "127.0.0.1") continue;
    const { hostname } = new URL(`https://${host}`);
    // The receiver's own address is the one that is allowed here.
    if (["127.0.0.1", "[::ffff:7f00:1]"].includes(hostname)) continue;
    await expect(post(hostname, [v4("127.0.0.1")])).rejects.toMatchObject(refused);
  }
});
