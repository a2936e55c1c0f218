import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { setFlags } from "../flags/set-flags.ts";
import { getAuditEvent } from "./get-audit-event.ts";

useTestDatabase();
const reader = aSystem("audit:read");

/** Entry 1 by itself, 2 to 4 in one batch, 5 by itself, 6 to 66 in another batch. */
beforeAll(async () => {
  await flip(1);
  await flip(3);
  await flip(1);
  await flip(61);
});

async function flip(count: number): Promise<void> {
  const ids = await Promise.all(Array.from({ length: count }, () => aNumber()));
  const changes = ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: true }));
  await setFlags(aSystem("flag:set"), { changes, reason: "Entries around an entry" });
}

test("an entry is returned by seq or id, with its neighbours and the others of its batch", async () => {
  const entry = await getAuditEvent(reader, "3");
  expect(entry).toMatchObject({
    event: { seq: 3 },
    previous: { seq: 2 },
    next: { seq: 4 },
    faults: [],
    siblings: [{ seq: 2 }, { seq: 4 }],
    hasMoreSiblings: false,
  });
  expect(await getAuditEvent(reader, entry.event.id)).toEqual(entry);
});

test("the first and the last entry have one neighbour, and are whole", async () => {
  const first = await getAuditEvent(reader, "1");
  expect(first).toMatchObject({ previous: null, next: { seq: 2 }, faults: [], siblings: [] });
  const last = await getAuditEvent(reader, "66");
  expect(last).toMatchObject({ previous: { seq: 65 }, next: null, faults: [] });
});

test("of a large batch only the nearest entries are returned, and that there may be more", async () => {
  const { siblings, hasMoreSiblings } = await getAuditEvent(reader, "66");
  expect([siblings.length, hasMoreSiblings]).toEqual([50, true]);
});

test.each([
  "0",
  "67",
  "-1",
  "1.5",
  "999999999999999",
  "9".repeat(40),
  "export",
  "",
  "0196b1d8-0000-7000-8000-000000000000",
])("%j leads to no entry", async (which) => {
  await expect(getAuditEvent(reader, which)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("without audit:read nobody learns whether there is one", async () => {
  const manager = await aPerson("account_manager");
  for (const which of ["1", "999"]) {
    await expect(getAuditEvent(manager, which)).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
});
