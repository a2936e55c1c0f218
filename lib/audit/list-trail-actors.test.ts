import { expect, test } from "vitest";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { aNumber, aPerson, aSystem } from "../testing/factories.ts";
import { useTestDatabase } from "../testing/use-test-database.ts";
import { listTrailActors } from "./list-trail-actors.ts";

useTestDatabase();
const reader = aSystem("audit:read");

test("an empty trail has nobody", async () => {
  expect(await listTrailActors(reader)).toEqual([]);
});

test("everybody in the trail is listed once, by their latest name, in order of name", async () => {
  const [zoe, pat, idle] = [
    await aPerson("support"),
    await aPerson("support"),
    await aPerson("admin"),
  ];
  const phoneNumberId = await aNumber({ accepts: true });
  const flip = (actor: typeof zoe, acceptsBsuid: boolean) =>
    setFlag(actor, { phoneNumberId, acceptsBsuid, reason: "Somebody to list" });
  await flip({ ...zoe, name: "Zoe before" }, false);
  await flip({ ...pat, name: "Pat" }, true);
  await flip({ ...zoe, name: "Zoe" }, false);
  expect(await listTrailActors(reader)).toEqual([
    { id: pat.id, type: "person", name: "Pat" },
    { id: "test", type: "system", name: "Test" },
    { id: zoe.id, type: "person", name: "Zoe" },
  ]);
  expect(await db().person.count({ where: { id: idle.id } })).toBe(1);
});

test("only those with audit:read get the list", async () => {
  const manager = await aPerson("account_manager");
  await expect(listTrailActors(manager)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
