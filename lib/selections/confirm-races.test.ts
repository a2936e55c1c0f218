import { expect, test } from "vitest";
import { aSelection } from "#testing/batches.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo, aPerson } from "#testing/factories.ts";
import { race, rounds } from "#testing/rounds.ts";
import { expectWholeTrail } from "#testing/trail/expect-whole-trail.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { changeSelection } from "./change-selection.ts";
import { type ConfirmedSelection, confirmSelection } from "./confirm-selection.ts";

useTestDatabase();

const reason = "A race decides";
const MOVED_ON = { code: "CONFLICT", message: expect.stringMatching(/Close this and look again/) };

type Review = { support: PersonActor; selectionId: string };

async function aReview(phoneNumberIds: string[]): Promise<Review> {
  const support = await aPerson("support");
  const { id: selectionId } = await aSelection(phoneNumberIds, support);
  return { support, selectionId };
}

const confirm = ({ support, selectionId }: Review, changes: number, given: object = {}) =>
  confirmSelection(support, {
    selectionId,
    reason,
    expected: { changes, requests: 0 },
    ...given,
  });
const isOn = async (phoneNumberId: string) =>
  (await db().number.findUniqueOrThrow({ where: { phoneNumberId } })).acceptsBsuid;
const flipsOf = async (...ids: string[]) => await readEvents({ targetId: { in: ids } });

/** All got the answer, and one of them was the first. */
function expectOneBatch(results: readonly PromiseSettledResult<ConfirmedSelection>[]): void {
  const made = results.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
  expect(made).toHaveLength(results.length);
  expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(new Set(made.map(({ batchId }) => batchId)).size).toBe(1);
  expect(new Set(made.map(({ requestId }) => requestId)).size).toBe(1);
}

test("confirmed by five tabs at once it makes one batch and one request", async () => {
  for (const _ of rounds(2)) {
    const free = await aNumber();
    const guarded = await aNumber({ accountId: await anAccountOfTwo() });
    const review = await aReview([free, guarded]);
    const expected = { changes: 1, requests: 1 };
    const tabs = Array.from({ length: 5 }, () => () => confirm(review, 1, { expected }));
    expectOneBatch(await race(...tabs));
    expect(await flipsOf(free)).toHaveLength(1);
    const requests = { where: { items: { some: { phoneNumberId: guarded } } } };
    expect(await db().changeRequest.count(requests)).toBe(1);
  }
});

test("confirmed by two tabs for different reasons it is made for the first one's", async () => {
  for (const _ of rounds(3)) {
    const one = await aNumber();
    const review = await aReview([one]);
    const results = await race(
      () => confirm(review, 1),
      () => confirm(review, 1, { reason: "For another reason" }),
    );
    expectOneBatch(results);
    const first = results[0].status === "fulfilled" && results[0].value.isNew;
    expect(await flipsOf(one)).toMatchObject([{ reason: first ? reason : "For another reason" }]);
  }
});

test("of two selections of the same numbers one is made, and the other has to be looked at again", async () => {
  for (const _ of rounds(3)) {
    const [one, other] = [await aNumber(), await aNumber()];
    const reviews = [await aReview([one, other]), await aReview([other, one])] as const;
    const results = await race(
      () => confirm(reviews[0], 2),
      () => confirm(reviews[1], 2),
    );
    const lost = results.filter(({ status }) => status === "rejected");
    expect(lost).toMatchObject([{ reason: MOVED_ON }]);
    expect(await flipsOf(one, other)).toHaveLength(2);
  }
});

test("a confirmation and leaving a number out: it is left out before, or it is too late", async () => {
  for (const _ of rounds(3)) {
    const [one, other] = [await aNumber(), await aNumber()];
    const review = await aReview([one, other]);
    const { support, selectionId } = review;
    const results = await race(
      () => confirm(review, 2),
      () => changeSelection(support, { selectionId, exclude: [other] }),
    );
    const [confirmed, change] = results;
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
    const isMade = confirmed.status === "fulfilled";
    if (!isMade) expect(confirmed.reason).toMatchObject(MOVED_ON);
    if (change.status === "rejected") expect(change.reason).toMatchObject({ code: "CONFLICT" });
    expect(await flipsOf(one, other)).toHaveLength(isMade ? 2 : 0);
  }
});

test("a confirmation and a flip at once: the number changes once, whoever was first", async () => {
  for (const _ of rounds(3)) {
    const [one, other] = [await aNumber(), await aNumber()];
    const review = await aReview([one, other]);
    const colleague = await aPerson("support");
    const [confirmed] = await race(
      () => confirm(review, 2),
      () => setFlag(colleague, { phoneNumberId: one, acceptsBsuid: true, reason }),
    );
    if (confirmed.status === "rejected") expect(confirmed.reason).toMatchObject(MOVED_ON);
    expect(await flipsOf(one)).toHaveLength(1);
    // All or nothing: with one of them gone, the review has to be looked at again.
    expect(await isOn(other)).toBe(confirmed.status === "fulfilled");
  }
});

test("after all that, the trail is whole", expectWholeTrail);
