import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { RACE, rounds } from "#testing/rounds.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { importRoster } from "./import-roster.ts";

useTestDatabase();

const load = (values: unknown[]) => importRoster(aSystem("roster:write"), toSource(values));
const flip = (phoneNumberId: string, acceptsBsuid: boolean) =>
  setFlag(aSystem("flag:set"), { phoneNumberId, acceptsBsuid, reason: "They asked for it" });

test(
  "of eight imports of the same new roster at once, one creates and all agree",
  RACE,
  async () => {
    const entries = Array.from({ length: 200 }, () => anEntry());
    const countImports = () => db().auditEvent.count({ where: { action: "roster.imported" } });
    const before = await countImports();
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, i) => load(i % 2 ? entries : entries.toReversed())),
    );
    expect(results.filter(({ created }) => created === 200)).toHaveLength(1);
    expect(results.filter(({ unchanged }) => unchanged === 200)).toHaveLength(7);
    expect(await countImports()).toBe(before + 1);
  },
);

test("two different imports at once leave one of them whole", RACE, async () => {
  const entries = Array.from({ length: 100 }, () => anEntry());
  await load(entries);
  const labelled = (label: string) => entries.map((entry) => ({ ...entry, label }));
  await Promise.all([load(labelled("One")), load(labelled("Two"))]);
  const ids = entries.map(({ phoneNumberId }) => phoneNumberId);
  const rows = await db().number.findMany({ where: { phoneNumberId: { in: ids } } });
  expect(new Set(rows.map(({ label }) => label)).size).toBe(1);
});

test("a flip during a move is either switched off by it, or comes after it", async () => {
  for (const _ of rounds(10)) {
    const entry = anEntry();
    await load([entry]);
    const { phoneNumberId } = entry;
    await Promise.all([load([{ ...entry, portfolioId: "4242" }]), flip(phoneNumberId, true)]);
    const events = await db().auditEvent.findMany({
      where: { targetId: phoneNumberId },
      orderBy: { seq: "asc" },
    });
    const actions = events.map(({ action }) => action).join(" ");
    expect(["number.updated flag.enabled", "flag.enabled flag.disabled number.updated"]).toContain(
      actions,
    );
    const number = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
    expect(number.portfolioId).toBe("4242");
    expect(number.acceptsBsuid).toBe(actions.endsWith("flag.enabled"));
  }
});

test("a flip does not wait for a roster that is still being sent", async () => {
  const entry = anEntry();
  await load([entry]);
  const sent = Promise.withResolvers<void>();
  async function* sendSlowly() {
    yield { at: "[0]", value: { ...entry, label: "Vendas" } };
    await sent.promise;
  }
  const importing = importRoster(aSystem("roster:write"), sendSlowly());
  await sleep(50);
  expect(await flip(entry.phoneNumberId, true)).toMatchObject({ changed: true });
  sent.resolve();
  expect(await importing).toMatchObject({ updated: 1 });
  expect(
    await db().number.findUnique({ where: { phoneNumberId: entry.phoneNumberId } }),
  ).toMatchObject({ label: "Vendas", acceptsBsuid: true });
});

test("the trail of all this is whole", async () => {
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});

test("of two imports at once with accounts that look the same, one is refused", RACE, async () => {
  const name = `Rota do Sol ${randomUUID()}`;
  const entries = [
    anEntry({ accountName: name }),
    anEntry({ accountName: name.replace("o", "о") }),
  ];
  const results = await db().$transaction(
    async (other) => {
      await other.$queryRaw`SELECT FROM ledger FOR UPDATE`;
      const both = entries.map((entry) => load([entry]));
      // Both are checked and wait now.
      await sleep(1_000);
      return { both: Promise.allSettled(both) };
    },
    { timeout: 10_000 },
  );
  const outcomes = await results.both;
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = outcomes.find((outcome) => outcome.status === "rejected");
  expect(String(refused?.reason)).toMatch(/looks the same/);
});
