import { expect, test } from "vitest";
import { aBatch, aSelection } from "#testing/batches.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, anAccountOfTwo, aPerson, aSchedule } from "#testing/factories.ts";
import {
  APPROVED,
  approve,
  aRequestRace,
  expectOneLoser,
  readState,
  readStory,
} from "#testing/request-race.ts";
import { aLiftRequest } from "#testing/requests.ts";
import { race, rounds } from "#testing/rounds.ts";
import { expectWholeTrail } from "#testing/trail/expect-whole-trail.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { undoBatch } from "../batches/undo-batch.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { runDueSchedules } from "../schedules/run-due-schedules.ts";
import { newScheduleRunner } from "../schedules/schedule-runner.ts";
import { confirmSelection } from "../selections/confirm-selection.ts";
import { approveRequest } from "./approve-request.ts";
import { setTwoPeople } from "./set-two-people.ts";

useTestDatabase();

// The rule of two people, switched at the same moment as something that it concerns.

const reason = "A race decides";

async function aCase() {
  const accountId = await anAccount();
  const phoneNumberId = await aNumber({ accountId });
  return { accountId, phoneNumberId, support: await aPerson("support") };
}

type Case = Awaited<ReturnType<typeof aCase>>;

const requireTwo = async ({ accountId }: Pick<Case, "accountId">) =>
  await setTwoPeople(await aPerson("admin"), { accountId, needsTwoPeople: true, reason });

/** What the trail says of the account and its number. */
async function readOrder({ accountId, phoneNumberId }: Case): Promise<string[]> {
  const events = await readEvents({ targetId: { in: [accountId, phoneNumberId] } });
  return events.map(({ action }) => action);
}

const REQUIRED = "account.two_people_required";

function requireValue<Value>(result: PromiseSettledResult<Value>): Value {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

async function countOpen({ phoneNumberId }: Case): Promise<number> {
  const where = { state: "open", items: { some: { phoneNumberId } } };
  return await db().changeRequest.count({ where });
}

/** A change by one person came before the rule, or it is a request. */
async function expectEither(one: Case, { isChanged, flip }: { isChanged: boolean; flip: string }) {
  const order = (await readOrder(one)).filter((action) => [flip, REQUIRED].includes(action));
  expect(order).toEqual(isChanged ? [flip, REQUIRED] : [REQUIRED]);
  expect(await countOpen(one)).toBe(isChanged ? 0 : 1);
}

test("the rule and an approval: it is carried out, since two people want it either way", async () => {
  for (const _ of rounds(3)) {
    const { accountId, phoneNumberId } = await aCase();
    const one = await aRequestRace(phoneNumberId);
    const [approval] = await race(
      () => approve(one),
      () => requireTwo({ accountId }),
    );
    expect(approval.status).toBe("fulfilled");
    expect(await readStory(one)).toEqual(APPROVED);
    expect(await readState(one)).toEqual({ state: "approved", acceptsBsuid: true });
  }
});

test("the rule and a flip by one person: it came before the rule, or it is a request", async () => {
  for (const _ of rounds(3)) {
    const one = await aCase();
    const { support, phoneNumberId } = one;
    const [flip] = await race(
      () => setFlag(support, { phoneNumberId, acceptsBsuid: true, reason }),
      () => requireTwo(one),
    );
    const { changed, request } = requireValue(flip);
    expect(request === null).toBe(changed);
    await expectEither(one, { isChanged: changed, flip: "flag.enabled" });
  }
});

test("the rule and a schedule's run: it came before the rule, or it failed and is a request", async () => {
  for (const _ of rounds(3)) {
    const one = await aCase();
    const { support, phoneNumberId } = one;
    const id = await aSchedule({ authorId: support.id, phoneNumberId, at: new Date() });
    await race(
      () => runDueSchedules(newScheduleRunner()),
      () => requireTwo(one),
    );
    const { state, failureCode } = await db().schedule.findUniqueOrThrow({ where: { id } });
    const isChanged = state === "done";
    expect(failureCode).toBe(isChanged ? null : "NEEDS_TWO_PEOPLE");
    await expectEither(one, { isChanged, flip: "flag.enabled" });
  }
});

test("the rule and a confirmation: it came before the rule, or the review has to be looked at again", async () => {
  for (const _ of rounds(3)) {
    const one = await aCase();
    const { id: selectionId } = await aSelection([one.phoneNumberId], one.support);
    const expected = { changes: 1, requests: 0 };
    const [confirmed] = await race(
      () => confirmSelection(one.support, { selectionId, reason, expected }),
      () => requireTwo(one),
    );
    const isChanged = confirmed.status === "fulfilled";
    if (!isChanged) {
      const message = expect.stringMatching(/a rule for their account, changed/);
      expect(confirmed.reason).toMatchObject({ code: "CONFLICT", message });
    }
    expect(await readOrder(one)).toEqual(isChanged ? ["flag.enabled", REQUIRED] : [REQUIRED]);
    expect(await countOpen(one)).toBe(0);
  }
});

test("the rule and an undo: it came before the rule, or it is a request", async () => {
  for (const _ of rounds(3)) {
    const one = await aCase();
    const batchId = await aBatch([one.phoneNumberId]);
    const [undone] = await race(
      () => undoBatch(one.support, { batchId, reason }),
      () => requireTwo(one),
    );
    const { changed, request } = requireValue(undone);
    const isChanged = changed.length === 1;
    expect(request === null).toBe(isChanged);
    await expectEither(one, { isChanged, flip: "flag.disabled" });
  }
});

test("two admins who lift the rule, and a flip: lifted once, and the flip comes after it or is a request", async () => {
  for (const _ of rounds(3)) {
    const accountId = await anAccountOfTwo();
    const phoneNumberId = await aNumber({ accountId });
    const one = { accountId, phoneNumberId, support: await aPerson("support") };
    const requestId = await aLiftRequest(await aPerson("admin"), accountId);
    const admins = [await aPerson("admin"), await aPerson("admin")] as const;
    const [flip, ...lifted] = await race(
      () => setFlag(one.support, { phoneNumberId, acceptsBsuid: true, reason }),
      () => approveRequest(admins[0], { requestId, version: 1 }),
      () => approveRequest(admins[1], { requestId, version: 1 }),
    );
    expectOneLoser(lifted, /^Pat admin approved it a moment ago/);
    const { changed } = requireValue(flip);
    const LIFTED = "account.two_people_lifted";
    expect(await readOrder(one)).toEqual(changed ? [LIFTED, "flag.enabled"] : [LIFTED]);
    expect(await countOpen(one)).toBe(changed ? 0 : 1);
  }
});

test("after all that, the trail is whole", expectWholeTrail);
