import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anEndpoint } from "#testing/factories.ts";
import { rounds } from "#testing/rounds.ts";
import { db } from "../../db/client.ts";
import { claimDeliveries, findDueEndpoints } from "./claim.ts";

useTestDatabase();

async function dueOf(endpointId: string, count: number): Promise<void> {
  const now = new Date(Date.now() - 1_000);
  const one = { endpointId, type: "flag.changed", data: {}, happenedAt: now, nextTryAt: now };
  await db().webhookDelivery.createMany({ data: Array.from({ length: count }, () => one) });
}

test("of several who claim at once, each gets what nobody else has", async () => {
  for (const _ of rounds(5)) {
    const { id } = await anEndpoint();
    await dueOf(id, 12);
    const claims = (await Promise.all([1, 2, 3, 4].map(() => claimDeliveries(id, 3)))).flat();
    expect(new Set(claims.map((claim) => claim.id)).size).toBe(claims.length);
    expect(claims.length).toBeGreaterThan(0);
    await db().webhookEndpoint.delete({ where: { id } });
  }
});

test("of an endpoint that was switched off a moment ago, nothing is claimed", async () => {
  const { id } = await anEndpoint();
  await dueOf(id, 1);
  expect(await findDueEndpoints()).toEqual([id]);
  const data = { isOn: false, switchedOffWhy: "by_hand" };
  await db().webhookEndpoint.update({ where: { id }, data });
  expect(await claimDeliveries(id, 1)).toEqual([]);
  expect(await findDueEndpoints()).toEqual([]);
});
