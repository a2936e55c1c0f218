import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { rounds } from "#testing/rounds.ts";
import { db } from "../../db/client.ts";
import { setFlags } from "../../flags/set-flags.ts";
import { type Follower, followTrail, MAX_TAKEN } from "./follow-trail.ts";
import { startFollowing } from "./start-following.ts";

useTestDatabase();

/** A follower that keeps the entries it was given, in memory and (each as a row) in the database. */
function aFollower(): Follower & { seqs: number[]; written: () => Promise<number> } {
  const name = randomUUID();
  const seqs: number[] = [];
  return {
    name,
    seqs,
    take: async (tx, events) => {
      seqs.push(...events.map(({ seq }) => seq));
      const rows = events.map(({ seq }) => ({ key: `${name} ${seq}`, startedAt: new Date() }));
      await tx.refusalWindow.createMany({ data: rows });
    },
    written: () => db().refusalWindow.count({ where: { key: { startsWith: name } } }),
  };
}

async function flip(count: number): Promise<number[]> {
  const support = await aPerson("support");
  const changes = [];
  for (let made = 0; made < count; made += 1) {
    changes.push({ phoneNumberId: await aNumber(), acceptsBsuid: true });
  }
  await setFlags(support, { changes, reason: "To be followed" });
  const events = await db().auditEvent.findMany({ where: { actorId: support.id } });
  return events.map(({ seq }) => Number(seq)).sort((a, b) => a - b);
}

test("a new follower begins at the trail's end, and is given what comes after, once and in order", async () => {
  const follower = aFollower();
  await flip(1);
  expect(await followTrail(follower)).toBe(false);
  const later = [...(await flip(2)), ...(await flip(1))];
  await followTrail(follower);
  await followTrail(follower);
  expect(follower.seqs).toEqual(later);
});

test("followers of other names are given the same entries", async () => {
  const [one, other] = [aFollower(), aFollower()];
  await followTrail(one);
  await followTrail(other);
  const seqs = await flip(1);
  await followTrail(one);
  await followTrail(other);
  expect([one.seqs, other.seqs]).toEqual([seqs, seqs]);
});

test("what failed is undone, and given again", async () => {
  const follower = aFollower();
  await followTrail(follower);
  const seqs = await flip(2);
  const failing = { ...follower, take: failAfter(follower.take) };
  await expect(followTrail(failing)).rejects.toThrow("Not today");
  expect(await follower.written()).toBe(0);
  follower.seqs.length = 0;
  await followTrail(follower);
  expect(follower.seqs).toEqual(seqs);
  expect(await follower.written()).toBe(2);
});

const failAfter =
  (take: Follower["take"]): Follower["take"] =>
  async (tx, events) => {
    await take(tx, events);
    throw new Error("Not today");
  };

test("several consoles at once take each entry once", async () => {
  for (const _ of rounds(10)) {
    const follower = aFollower();
    await followTrail(follower);
    const seqs = await flip(3);
    await Promise.all([1, 2, 3, 4].map(() => followTrail(follower)));
    await followTrail(follower);
    expect(follower.seqs).toEqual(seqs);
    expect(await follower.written()).toBe(3);
  }
});

test("many entries are taken in parts", async () => {
  const follower = aFollower();
  await followTrail(follower);
  const seqs = await flip(MAX_TAKEN + 1);
  expect(await followTrail(follower)).toBe(true);
  expect(follower.seqs).toHaveLength(MAX_TAKEN);
  expect(await followTrail(follower)).toBe(false);
  expect(follower.seqs).toEqual(seqs);
});

test("a running follower takes each entry within seconds, also after a failure", async () => {
  const follower = aFollower();
  await followTrail(follower);
  let calls = 0;
  const take: Follower["take"] = async (tx, events) => {
    calls += 1;
    if (calls === 1) throw new Error("Not today");
    await follower.take(tx, events);
  };
  const stop = startFollowing({ name: follower.name, take }, 0);
  const seqs = await flip(1);
  await expect.poll(() => follower.seqs, { timeout: 5_000 }).toEqual(seqs);
  await stop();
  expect(calls).toBe(2);
  await flip(1);
  expect(follower.seqs).toEqual(seqs);
});
