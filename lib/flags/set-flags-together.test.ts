import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { RACE, race, rounds } from "#testing/rounds.ts";
import type { PersonActor } from "../access/actor.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";
import { setFlag } from "./set-flag.ts";

useTestDatabase();

const REASON = "Two people at once";

test(
  "200 concurrent writers over 50 numbers: no lost change, no gap, everybody told the truth",
  RACE,
  async () => {
    const people = await Promise.all([aPerson("support"), aPerson("admin"), aPerson("support")]);
    const numbers = await Promise.all(Array.from({ length: 50 }, () => aNumber()));
    const writes = Array.from({ length: 200 }, (_, i) => ({
      actor: people[i % people.length] as PersonActor,
      phoneNumberId: numbers[(i * 7) % numbers.length] as string,
      acceptsBsuid: i % 3 !== 0,
    }));

    const { revision: before } = await db().ledger.findFirstOrThrow();
    const results = await Promise.all(
      writes.map(({ actor, ...change }) => setFlag(actor, { ...change, reason: REASON })),
    );

    const events = await db().auditEvent.findMany({
      where: { revision: { gt: before } },
      orderBy: { seq: "asc" },
    });
    const revisions = events.map(({ revision }) => Number(revision));
    expect(revisions).toEqual(revisions.map((_, place) => Number(before) + place + 1));

    const changes = results.filter(({ changed }) => changed);
    expect(changes.map(({ number }) => number.flagRevision).sort((a, b) => a - b)).toEqual(
      revisions,
    );
    for (const { number, cursor } of changes) {
      const event = events[number.flagRevision - Number(before) - 1];
      expect(event?.targetId).toBe(number.phoneNumberId);
      expect(event?.after).toEqual({ acceptsBsuid: number.acceptsBsuid });
      expect(cursor).toBe(`${number.flagRevision}.${event?.hash.slice(0, 8)}`);
    }
    for (const [i, { number }] of results.entries()) {
      expect(number.acceptsBsuid).toBe(writes[i]?.acceptsBsuid);
    }
    expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
  },
);

test(
  "two who set the same value at once leave one event, and one is told that nothing changed",
  RACE,
  async () => {
    const [one, other] = [await aPerson("support"), await aPerson("support")];
    const phoneNumberId = await aNumber();
    const change = { phoneNumberId, acceptsBsuid: true, reason: REASON };
    const results = await Promise.all([setFlag(one, change), setFlag(other, change)]);
    expect(results.map(({ changed }) => changed).sort()).toEqual([false, true]);
    expect(await db().auditEvent.count({ where: { targetId: phoneNumberId } })).toBe(1);
  },
);

test(
  "of two who saw the same version, one changes it and the other is shown by whom",
  RACE,
  async () => {
    const [one, other] = [await aPerson("support"), await aPerson("support")];
    const phoneNumberId = await aNumber({ accepts: true });
    const change = { phoneNumberId, acceptsBsuid: false, expectedVersion: 1, reason: REASON };
    const results = await Promise.allSettled([setFlag(one, change), setFlag(other, change)]);
    const refused = results.find((result) => result.status === "rejected");
    const done = results.find((result) => result.status === "fulfilled");
    expect(refused?.reason).toMatchObject({
      code: "PRECONDITION_FAILED",
      current: { flagVersion: 2, flagChangedBy: done?.value.number.flagChangedBy },
    });
  },
);

test("a flip and the disabling of its person: whichever comes first counts", async () => {
  const admin = aSystem("person:manage");
  for (const _ of rounds(10)) {
    const support = await aPerson("support");
    const phoneNumberId = await aNumber();
    const disabling = { personId: support.id, isDisabled: true, reason: REASON };
    const [flip] = await race(
      () => setFlag(support, { phoneNumberId, acceptsBsuid: true, reason: REASON }),
      () => setPersonDisabled(admin, disabling),
    );
    const events = await db().auditEvent.findMany({
      where: { OR: [{ targetId: phoneNumberId }, { targetId: support.id }] },
      orderBy: { seq: "asc" },
    });
    const actions = events.map(({ action }) => action);
    const isFirst = flip.status === "fulfilled";
    expect(actions).toEqual(isFirst ? ["flag.enabled", "person.disabled"] : ["person.disabled"]);
  }
});
