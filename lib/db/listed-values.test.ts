import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { CHANNELS } from "../access/actor.ts";
import { ROLES } from "../access/roles.ts";
import { ACTOR_TYPES, OUTCOMES } from "../audit/event.ts";
import { REASON_LENGTH } from "../audit/reason-length.ts";
import { db } from "./client.ts";

// A list that stands in the code and in the database's own checks: where they differ, a write fails, or too much is taken.

useTestDatabase();

async function readCheck(name: string): Promise<string> {
  const [check] = await db().$queryRaw<{ definition: string }[]>`
    SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = ${name}`;
  return check?.definition ?? "";
}

test.each([
  ["audit_event_channel", CHANNELS],
  ["audit_event_outcome", OUTCOMES],
  ["audit_event_actor", ACTOR_TYPES],
])("the check %s takes the values that the code lists, and no other", async (name, listed) => {
  const taken = (await readCheck(name)).matchAll(/'([^']*)'::text/g);
  expect(Array.from(taken, ([, value]) => value).sort()).toEqual([...listed].sort());
});

test("the roles of the database are those that the code lists", async () => {
  const rows = await db().$queryRaw<{ role: string }[]>`
    SELECT unnest(enum_range(NULL::"role"))::text AS role`;
  expect(rows.map(({ role }) => role).sort()).toEqual([...ROLES].sort());
});

test("a flag change's reason is as long in the database's check as in the schema", async () => {
  const bounds = (await readCheck("audit_event_flag_change_says_why")).matchAll(/[<>]= (\d+)/g);
  const { min, max } = REASON_LENGTH;
  expect(Array.from(bounds, ([, bound]) => Number(bound)).sort()).toEqual([min, max].sort());
});
