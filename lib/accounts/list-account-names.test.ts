import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { listAccountNames } from "./list-account-names.ts";

useTestDatabase();
const reader = aSystem("number:read");

test("beyond 1,000 the total says so, the chosen one is there, and the others are found by name", async () => {
  const names = Array.from(
    { length: 1_004 },
    (_, index) => `Acme ${String(index).padStart(4, "0")}`,
  );
  await db().account.createMany({
    data: [...names, "Zoë 100% & Co"].map((name) => ({ name, externalId: name })),
  });
  const { items, total } = await listAccountNames(reader);
  expect(total).toBe(1_005);
  expect(items.map(({ name }) => name)).toEqual(names.slice(0, 1_000));
  const zoe = await db().account.findFirstOrThrow({ where: { name: "Zoë 100% & Co" } });
  const { items: withChosen } = await listAccountNames(reader, { chosen: zoe.id });
  expect(withChosen).toHaveLength(1_001);
  expect(withChosen).toContainEqual({ id: zoe.id, name: zoe.name });
  const expected = { items: [{ id: zoe.id, name: zoe.name }], total: 1 };
  expect(await listAccountNames(reader, { words: "co ZOË" })).toEqual(expected);
  expect(await listAccountNames(reader, { words: "100%" })).toEqual(expected);
  expect(await listAccountNames(reader, { words: "1_0" })).toEqual({ items: [], total: 0 });
  const manyWords = Array.from({ length: 40_000 }, (_, index) => `w${index}`).join(" ");
  expect(await listAccountNames(reader, { words: manyWords })).toEqual({ items: [], total: 0 });
  expect(await listAccountNames(reader, { words: "a\0", chosen: "nobody" })).toMatchObject({
    total: 1_005,
  });
});
