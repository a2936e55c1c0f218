import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { aClient, aServer, codesOf, revisionsOf } from "../testing/a-client.ts";
import type { ContractServer } from "../testing/contract-server.ts";
import { waitUntil } from "../testing/wait-until.ts";

const NUMBERS = Array.from({ length: 30 }, (_, at) => String(106540352242900 + at));

const pick = <Item>(items: readonly Item[]): Item =>
  items[Math.floor(Math.random() * items.length)] as Item;

/** Faults after which the server can go on. */
const FAULTS: ((server: ContractServer) => Promise<void> | void)[] = [
  (server) => {
    for (const stream of server.streams.keys()) stream.destroy();
  },
  (server) => {
    for (const stream of server.streams.keys()) stream.write("event: delta\ndata: {");
    for (const stream of server.streams.keys()) stream.destroy();
  },
  (server) => {
    // A forgotten connection: no events, no comments, no end.
    for (const stream of server.streams.keys()) stream.write = () => true;
    server.streams.clear();
  },
  async (server) => {
    await server.stop();
    await sleep(Math.random() * 100);
    await server.start();
  },
  (server) => {
    server.fault = (_, response) => {
      if (Math.random() < 0.5) return false;
      response.writeHead(pick([500, 502, 503, 404])).end();
      return true;
    };
    setTimeout(() => {
      server.fault = () => false;
    }, 100);
  },
];

test("whatever fails, in whatever order, every client ends with the current flags and none ever goes back", async () => {
  const server = await aServer();
  const watched = Array.from({ length: 10 }, (_, at) =>
    aClient(server.url, { instanceId: `rt-${at}`, reportIntervalMs: 100 }),
  );
  const until = performance.now() + 6_000;
  let counted = 0;
  while (performance.now() < until) {
    server.flip(pick(NUMBERS), Math.random() < 0.5);
    watched[0]?.client.count(NUMBERS[0] ?? "", "legacy");
    counted += 1;
    if (Math.random() < 0.1) await pick(FAULTS)(server);
    await sleep(Math.random() * 20);
  }
  // A fault of answers lasts 100 ms. In one, closing would lose what is counted: it asks once, and says so.
  server.fault = () => false;
  const { cursor, accepts } = server.flags;
  await waitUntil(() => watched.every(({ client }) => client.status().cursor === cursor));
  for (const { client, events } of watched) {
    expect(NUMBERS.filter(client.acceptsBsuid)).toEqual(accepts);
    const revisions = revisionsOf(events);
    expect(revisions).toEqual(revisions.toSorted((one, other) => one - other));
    expect(events.some(({ name, event }) => name === "change" && event.reset)).toBe(false);
  }
  await watched[0]?.client.close();
  expect(codesOf(watched[0]?.events ?? [])).not.toContain("COUNTS_LOST");
  const rows = [...server.counted.values()].flatMap(({ counts }) => counts);
  expect(rows.reduce((sum, { legacy }) => sum + Number(legacy), 0)).toBe(counted);
});
