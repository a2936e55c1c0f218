import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { db } from "../../db/client.ts";
import { setFlag } from "../../flags/set-flag.ts";
import { listTrailActors } from "./list-trail-actors.ts";

const database = useTestDatabase();
const reader = aSystem("audit:read");

test("an empty trail has no actors", async () => {
  expect(await listTrailActors(reader)).toEqual({ actors: [], hasMore: false });
});

test("everybody in the trail is listed once, by their present name, in order of name", async () => {
  const [zoe, pat, idle] = [
    await aPerson("support"),
    await aPerson("support"),
    await aPerson("admin"),
  ];
  const phoneNumberId = await aNumber({ accepts: true });
  const flip = (actor: typeof zoe, acceptsBsuid: boolean) =>
    setFlag(actor, { phoneNumberId, acceptsBsuid, reason: "Somebody to list" });
  await flip(zoe, false);
  await flip(pat, true);
  await flip(zoe, false);
  await db().person.update({ where: { id: zoe.id }, data: { name: "Zoe" } });
  await db().person.update({ where: { id: pat.id }, data: { name: "Pat" } });
  const actors = [
    { id: pat.id, type: "person", name: "Pat" },
    { id: "test", type: "system", name: "Test" },
    { id: zoe.id, type: "person", name: "Zoe" },
  ];
  expect(await listTrailActors(reader)).toEqual({ actors, hasMore: false });
  expect(await db().person.count({ where: { id: idle.id } })).toBe(1);
});

test("beyond 500 it says so, the chosen one is there, and the others are found by name", async () => {
  await withClient(database.ownerUrl(), (owner) =>
    owner.query(`SET session_replication_role = replica;
      INSERT INTO audit_event SELECT (jsonb_populate_record(event, jsonb_build_object(
        'seq', 1000 + robot, 'id', gen_random_uuid(), 'hash', repeat(md5(robot::text), 2),
        'revision', NULL, 'actor_id', 'robot-' || robot, 'actor_identity', jsonb_build_object('name', 'Robot ' || robot)))).*
      FROM audit_event AS event, generate_series(1, 500) AS robot WHERE event.seq = 1`),
  );
  const some = await listTrailActors(reader);
  expect(some).toMatchObject({ hasMore: true, actors: { length: 500 } });
  const listed = new Set(some.actors.map(({ id }) => id));
  const { actors } = await listTrailActors(reader, { words: "o" });
  const missing = actors.find(({ id }) => !listed.has(id))?.id ?? "test";
  const withChosen = await listTrailActors(reader, { chosen: missing });
  expect(withChosen.actors.map(({ id }) => id)).toContain(missing);
  const robot = { id: "robot-477", type: "system", name: "Robot 477" };
  const expected = { actors: [robot], hasMore: false };
  expect(await listTrailActors(reader, { words: " robot 477 " })).toEqual(expected);
  expect(await listTrailActors(reader, { words: "robot_477" })).toMatchObject({ actors: [] });
  expect(await listTrailActors(reader, { words: "a\0b", chosen: "a\0b" })).toMatchObject({
    hasMore: true,
  });
});

test("only those with audit:read get the list", async () => {
  const manager = await aPerson("account_manager");
  await expect(listTrailActors(manager)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
