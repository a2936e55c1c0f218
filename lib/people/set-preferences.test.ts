import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { findAnySessionActor } from "../sessions/find-session-actor.ts";
import { startSession } from "../sessions/start-session.ts";
import { setPreferences } from "./set-preferences.ts";

useTestDatabase();

/** What a page knows of the person who opens it. */
async function readPreferences(person: PersonActor) {
  const session = await startSession(person, { method: "openid", previousSessionId: null });
  return (await findAnySessionActor(session, person.origin))?.preferences;
}

test("people set their own zone and language and nobody else's, without an entry in the trail", async () => {
  const [person, other] = [await aPerson("auditor"), await aPerson("support")];
  const wanted = { zone: "Asia/Kathmandu", locale: "en" } as const;
  await setPreferences(person, wanted);
  expect(await readPreferences(person)).toEqual(wanted);
  expect(await readPreferences(other)).toEqual({ zone: null, locale: null });
  const events = await readEvents({ actorId: person.id });
  expect(events.map(({ action }) => action)).toEqual(["session.started"]);
  await setPreferences(person, { zone: null, locale: null });
  expect(await readPreferences(person)).toEqual({ zone: null, locale: null });
});

test.each(["+05:45", "Mars/Olympus", ""])("%j is no zone", async (zone) => {
  const person = await aPerson("support");
  const attempt = setPreferences(person, { zone, locale: null });
  await expect(attempt).rejects.toMatchObject({
    code: "INVALID_INPUT",
    issues: [{ path: "zone" }],
  });
});

test("what this version does not know counts as not set", async () => {
  const person = await aPerson("support");
  const data = { zone: "Mars/Olympus", locale: "tlh" };
  await db().person.update({ where: { id: person.id }, data });
  expect(await readPreferences(person)).toEqual({ zone: null, locale: null });
});
