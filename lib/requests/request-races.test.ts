import { expect, test } from "vitest";
import { changeAsOwner } from "#testing/database/change-as-owner.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSystem } from "#testing/factories.ts";
import {
  APPROVED,
  approve,
  aRequestRace,
  expectOneLoser,
  type RequestRace,
  readState,
  readStory,
} from "#testing/request-race.ts";
import { aRequest } from "#testing/requests.ts";
import { race, rounds } from "#testing/rounds.ts";
import { expectWholeTrail } from "#testing/trail/expect-whole-trail.ts";
import { setFlag } from "../flags/set-flag.ts";
import { declineRequest } from "./decline-request.ts";
import { editRequest } from "./edit-request.ts";
import { expireRequests } from "./expire-requests.ts";
import { withdrawRequest } from "./withdraw-request.ts";

const database = useTestDatabase();

const reason = "A race decides";

test("two approvals at once: one is made, and the other hears whose", async () => {
  for (const _ of rounds(5)) {
    const one = await aRequestRace();
    const other = { ...one, approver: await aPerson("support") };
    const results = await race(
      () => approve(one),
      () => approve(other),
    );
    expectOneLoser(results, /^Pat \w+ approved it a moment ago/);
    expect(await readStory(one)).toEqual(APPROVED);
    expect(await readState(one)).toEqual({ state: "approved", acceptsBsuid: true });
  }
});

test.each<[string, string, (one: RequestRace) => Promise<unknown>, string]>([
  [
    "withdrawing",
    "withdrawn",
    ({ by, requestId }) => withdrawRequest(by, { requestId }),
    "request.withdrawn",
  ],
  [
    "declining",
    "declined",
    async ({ requestId }) => declineRequest(await aPerson("support"), { requestId, reason }),
    "request.declined",
  ],
])(
  "an approval and %s: one of them counts, and the other hears of it",
  async (_, state, act, action) => {
    for (const _ of rounds(5)) {
      const one = await aRequestRace();
      const results = await race(
        () => approve(one),
        () => act(one),
      );
      expectOneLoser(results, /a moment ago/);
      const isApproved = results[0]?.status === "fulfilled";
      expect(await readStory(one)).toEqual(isApproved ? APPROVED : [action]);
      expect(await readState(one)).toEqual({
        state: isApproved ? "approved" : state,
        acceptsBsuid: isApproved,
      });
    }
  },
);

test("an approval and a flip of the number: whichever is first counts, and the number turns on once", async () => {
  for (const _ of rounds(5)) {
    const one = await aRequestRace();
    const { phoneNumberId } = one;
    const support = await aPerson("support");
    const [approval, flip] = await race(
      () => approve(one),
      () => setFlag(support, { phoneNumberId, acceptsBsuid: true, reason }),
    );
    expect(flip.status).toBe("fulfilled");
    if (approval.status === "fulfilled") {
      expect(flip).toMatchObject({ value: { changed: false } });
      expect(await readStory(one)).toEqual(APPROVED);
      expect(await readState(one)).toMatchObject({ state: "approved" });
    } else {
      expect(approval.reason).toMatchObject({ code: "CONFLICT", message: /It is void/ });
      expect(await readStory(one)).toEqual(["flag.enabled", "request.voided"]);
      expect(await readState(one)).toMatchObject({ state: "void" });
    }
  }
});

test("an approval and the end of its time: it is carried out, or it expires", async () => {
  for (const _ of rounds(5)) {
    const one = await aRequestRace();
    const soon = { id: one.requestId, expires_at: new Date(Date.now() + 5) };
    await changeAsOwner(database.ownerUrl(), "change_request", soon);
    const [approval] = await race(
      () => approve(one),
      () => expireRequests(aSystem("request:expire")),
    );
    if (approval.status === "rejected") {
      expect(approval.reason).toMatchObject({ code: "CONFLICT" });
      expect(approval.reason.message).toMatch(/expired/);
    }
    const isApproved = approval.status === "fulfilled";
    const story = await readStory(one);
    expect([APPROVED, ["request.expired"], []]).toContainEqual(story);
    expect(story).toEqual(isApproved ? APPROVED : story);
    expect((await readState(one)).acceptsBsuid).toBe(isApproved);
  }
});

test("an approval and an edit: nobody approves words that they have not seen", async () => {
  for (const _ of rounds(5)) {
    const one = await aRequestRace();
    const edit = { requestId: one.requestId, version: 1, reason: "Other words", ticketUrl: null };
    const results = await race(
      () => approve(one),
      () => editRequest(one.by, edit),
    );
    expectOneLoser(results, /a moment ago|edited meanwhile/);
    const story = await readStory(one);
    expect([APPROVED, ["request.edited"]]).toContainEqual(story);
  }
});

test("two wishes for one number, both approved at once: one is carried out, the other void", async () => {
  for (const _ of rounds(5)) {
    const one = await aRequestRace();
    const { id } = await aRequest({ numbers: [one.phoneNumberId] });
    const other = { ...one, requestId: id };
    const results = await race(
      () => approve(one),
      () => approve(other),
    );
    expectOneLoser(results, /It is void/);
    const states = [await readState(one), await readState(other)].map(({ state }) => state);
    expect(states.sort()).toEqual(["approved", "void"]);
  }
});

test("after all that, the trail is whole", expectWholeTrail);
