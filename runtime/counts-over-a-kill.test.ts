import { expect, test } from "vitest";
import type { ContractServer } from "../sdk/testing/contract-server.ts";
import { aBusiness } from "./testing/a-business.ts";
import { aCustomer, aMessage, aPayload, aPhoneLess, aStatus } from "./testing/payloads.ts";
import { until } from "./testing/until.ts";

const NUMBER = "300000000000001";
const REPORTS = "/api/v1/reports";
const OTHER = "300000000000002";
const EACH = { phoneLessDropped: 2, phoneAndBsuid: 1, unidentified: 1 };

/** Two customers who are dropped, one who is delivered, one without ids, and a status, which is not counted. */
function aPayloadOfEach(): object {
  const customers = [aPhoneLess(), aCustomer(), {}, aPhoneLess()];
  const messages = customers.map((from) => aMessage({ to: NUMBER, from }));
  return aPayload(...messages, aStatus({ of: NUMBER, to: aCustomer() }));
}

function sumsOf({ counted }: ContractServer): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { counts } of counted.values()) {
    for (const { phoneNumberId: _, hour: __, ...columns } of counts) {
      for (const [column, count] of Object.entries(columns))
        if (count !== 0) sums[column] = (sums[column] ?? 0) + Number(count);
    }
  }
  return sums;
}

const times = (factor: number) =>
  Object.fromEntries(Object.entries(EACH).map(([column, count]) => [column, count * factor]));

test("killed before, while and after it reports, a runtime has each message counted once", async () => {
  const { console, runtime, restart } = await aBusiness();
  // Reports follow soon when a flag has changed.
  let isOn = false;
  const flip = () => {
    isOn = !isOn;
    return console.flip(OTHER, isOn);
  };
  console.fault = (_, response, path) => {
    if (path === REPORTS) response.writeHead(503, { "retry-after": "1" }).end();
    return path === REPORTS;
  };
  expect((await runtime.post(aPayloadOfEach())).status).toBe(200);
  flip();
  await until(() => console.countOf(REPORTS) > 0);
  expect((await runtime.post(aPayloadOfEach())).status).toBe(200);
  await runtime.kill();
  expect(sumsOf(console)).toEqual({});

  // The console counts it, but its answer is lost: the runtime cannot know whether it counted.
  console.fault = (_, response, path) => {
    if (path === REPORTS) response.writeHead = () => response.destroy();
    return false;
  };
  const second = await restart();
  await until(() => console.reports.length > 0);
  expect((await second.post(aPayloadOfEach())).status).toBe(200);
  await second.kill();

  console.fault = () => false;
  const third = await restart();
  await until(() => console.reports.length > console.counted.size);
  expect((await third.post(aPayloadOfEach())).status).toBe(200);
  await third.kill();

  const fourth = await restart();
  const cursor = flip();
  await until(() => [...console.counted.values()].at(-1)?.appliedCursor === cursor);
  expect(sumsOf(console)).toEqual(times(4));
  await fourth.kill();
  await (await restart()).stop();
  expect(sumsOf(console)).toEqual(times(4));
  // The runtime is killed and started several times.
}, 60_000);
