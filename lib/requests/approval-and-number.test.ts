import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo, aPerson } from "#testing/factories.ts";
import { moveNumber, PLACES } from "#testing/move-number.ts";
import {
  APPROVED,
  approve,
  aRequestRace,
  type RequestRace,
  readState,
  readStory,
} from "#testing/request-race.ts";
import { race, rounds } from "#testing/rounds.ts";
import { expectWholeTrail } from "#testing/trail/expect-whole-trail.ts";
import { forceFlags } from "../flags/force-flags.ts";
import { retireNumber } from "../flags/retire-number.ts";

useTestDatabase();

const reason = "A race decides";
const ofTwo = async () => await aNumber({ accountId: await anAccountOfTwo() });

/** The approval was told that the request is void, and why, and nothing was turned on. */
async function expectVoid(one: RequestRace, { reason }: PromiseRejectedResult, words: RegExp) {
  expect(reason).toMatchObject({ code: "CONFLICT", message: expect.stringMatching(/It is void/) });
  expect(reason).toMatchObject({ message: expect.stringMatching(words) });
  expect(await readState(one)).toEqual({ state: "void", acceptsBsuid: false });
}

test("an approval and the number's retirement: it ends retired and off, whichever is first", async () => {
  for (const _ of rounds(3)) {
    const one = await aRequestRace();
    const { phoneNumberId } = one;
    const admin = await aPerson("admin");
    const [approval, retirement] = await race(
      () => approve(one),
      () => retireNumber(admin, { phoneNumberId, reason }),
    );
    expect(retirement.status).toBe("fulfilled");
    if (approval.status === "fulfilled") {
      expect(await readStory(one)).toEqual([...APPROVED, "flag.disabled", "number.retired"]);
      expect(await readState(one)).toEqual({ state: "approved", acceptsBsuid: false });
    } else {
      expect(await readStory(one)).toEqual(["number.retired", "request.voided"]);
      await expectVoid(one, approval, /was retired/);
    }
  }
});

test("where two people are needed, an approval and the retirement: one of them is refused", async () => {
  for (const _ of rounds(3)) {
    const one = await aRequestRace(await ofTwo());
    const { phoneNumberId } = one;
    const admin = await aPerson("admin");
    const [approval, retirement] = await race(
      () => approve(one),
      () => retireNumber(admin, { phoneNumberId, reason }),
    );
    if (approval.status === "fulfilled") {
      expect(retirement).toMatchObject({
        reason: { code: "CONFLICT", message: expect.stringMatching(/Make it phone-only first/) },
      });
      expect(await readStory(one)).toEqual(APPROVED);
    } else {
      expect(retirement.status).toBe("fulfilled");
      await expectVoid(one, approval, /was retired/);
    }
  }
});

test.each(PLACES)(
  "an approval and the number's move to another %s: whichever is first counts",
  async (name, place) => {
    for (const _ of rounds(3)) {
      const one = await aRequestRace();
      const [approval, move] = await race(
        () => approve(one),
        () => moveNumber(one.phoneNumberId, place),
      );
      expect(move.status).toBe("fulfilled");
      if (approval.status === "rejected") {
        expect((await readStory(one)).sort()).toEqual(["number.updated", "request.voided"]);
        await expectVoid(one, approval, /moved to another account, portfolio or WABA/);
        continue;
      }
      const isTurnedOff = name === "portfolio";
      const off = isTurnedOff ? ["flag.disabled"] : [];
      expect(await readStory(one)).toEqual([...APPROVED, ...off, "number.updated"]);
      expect(await readState(one)).toEqual({ state: "approved", acceptsBsuid: !isTurnedOff });
    }
  },
);

test("an approval and an admin's change without a second person: the number turns on once", async () => {
  for (const _ of rounds(3)) {
    const one = await aRequestRace(await ofTwo());
    const changes = [{ phoneNumberId: one.phoneNumberId, acceptsBsuid: true }];
    const admin = await aPerson("admin");
    const [approval, forced] = await race(
      () => approve(one),
      () => forceFlags(admin, { changes, reason, forceReason: "It cannot wait" }),
    );
    const flips = (await readStory(one)).filter((action) => action === "flag.enabled");
    expect(flips).toHaveLength(1);
    if (approval.status === "rejected") {
      expect(forced.status).toBe("fulfilled");
      expect(approval.reason).toMatchObject({ message: expect.stringMatching(/It is void/) });
    }
    const state = approval.status === "fulfilled" ? "approved" : "void";
    expect(await readState(one)).toEqual({ state, acceptsBsuid: true });
  }
});

test("after all that, the trail is whole", expectWholeTrail);
