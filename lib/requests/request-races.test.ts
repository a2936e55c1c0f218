import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSystem } from "#testing/factories.ts";
import { aRequest } from "#testing/requests.ts";
import { rounds } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import type { PersonActor } from "../access/actor.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { setPersonRole } from "../people/set-person-role.ts";
import { approveRequest } from "./approve-request.ts";
import { declineRequest } from "./decline-request.ts";
import { editRequest } from "./edit-request.ts";
import { expireRequests } from "./expire-requests.ts";
import { withdrawRequest } from "./withdraw-request.ts";

useTestDatabase();

const reason = "A race decides";

type Case = { requestId: string; phoneNumberId: string; by: PersonActor; approver: PersonActor };

async function aCase(): Promise<Case> {
  const [by, approver] = [await aPerson("support"), await aPerson("admin")];
  const { id: requestId, changes } = await aRequest({ by });
  return { requestId, phoneNumberId: changes[0]?.phoneNumberId ?? "", by, approver };
}

const approve = ({ approver, requestId }: Case) =>
  approveRequest(approver, { requestId, version: 1 });

/** What the trail says of the request and its number after it was asked for. */
async function readStory({ requestId, phoneNumberId }: Case): Promise<string[]> {
  const events = await readEvents({ targetId: { in: [requestId, phoneNumberId] } });
  return events.map(({ action }) => action).filter((action) => action !== "request.opened");
}

async function readState({ requestId, phoneNumberId }: Case) {
  const { state } = await db().changeRequest.findUniqueOrThrow({ where: { id: requestId } });
  const { acceptsBsuid } = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
  return { state, acceptsBsuid };
}

/** Whoever lost was told what happened, in words. */
function expectOneLoser(results: readonly PromiseSettledResult<unknown>[], words: RegExp): void {
  const lost = results.filter((result) => result.status === "rejected");
  expect(lost).toHaveLength(1);
  expect(lost[0]?.reason).toMatchObject({ message: expect.stringMatching(words) });
}

const APPROVED = ["request.approved", "flag.enabled"];

test("two approvals at once: one is made, and the other hears whose", async () => {
  for (const _ of rounds(5)) {
    const one = await aCase();
    const other = { ...one, approver: await aPerson("support") };
    const results = await Promise.allSettled([approve(one), approve(other)]);
    expectOneLoser(results, /^Pat \w+ approved it a moment ago/);
    expect(await readStory(one)).toEqual(APPROVED);
    expect(await readState(one)).toEqual({ state: "approved", acceptsBsuid: true });
  }
});

test.each<[string, string, (one: Case) => Promise<unknown>, string]>([
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
      const one = await aCase();
      const results = await Promise.allSettled([approve(one), act(one)]);
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
    const one = await aCase();
    const { phoneNumberId } = one;
    const [approval, flip] = await Promise.allSettled([
      approve(one),
      setFlag(await aPerson("support"), { phoneNumberId, acceptsBsuid: true, reason }),
    ]);
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

test("an approval and the demotion of either person: whichever is first counts", async () => {
  const people = aSystem("person:manage");
  for (const whose of ["by", "approver"] as const) {
    for (const _ of rounds(5)) {
      const one = await aCase();
      const demotion = { personId: one[whose].id, role: "auditor", reason } as const;
      const [approval, demoted] = await Promise.allSettled([
        approve(one),
        setPersonRole(people, demotion),
      ]);
      expect(demoted.status).toBe("fulfilled");
      const isApproved = approval.status === "fulfilled";
      const ended = whose === "by" ? ["request.failed"] : [];
      expect(await readStory(one)).toEqual(isApproved ? APPROVED : ended);
      expect((await readState(one)).acceptsBsuid).toBe(isApproved);
      const actions = (await readEvents({ targetId: { in: [one.requestId, one[whose].id] } })).map(
        ({ action }) => action,
      );
      const isFirst = actions.indexOf("person.role_changed") < actions.indexOf("request.approved");
      expect(isFirst).toBe(!isApproved && actions.includes("request.approved"));
    }
  }
});

test("an approval and the end of its time: it is carried out, or it expires", async () => {
  for (const _ of rounds(5)) {
    const one = await aCase();
    await db().changeRequest.update({
      where: { id: one.requestId },
      data: { expiresAt: new Date(Date.now() + 5) },
    });
    const [approval] = await Promise.allSettled([
      approve(one),
      expireRequests(aSystem("request:expire")),
    ]);
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
    const one = await aCase();
    const edit = { requestId: one.requestId, version: 1, reason: "Other words", ticketUrl: null };
    const results = await Promise.allSettled([approve(one), editRequest(one.by, edit)]);
    expectOneLoser(results, /a moment ago|edited meanwhile/);
    const story = await readStory(one);
    expect([APPROVED, ["request.edited"]]).toContainEqual(story);
  }
});

test("two wishes for one number, both approved at once: one is carried out, the other void", async () => {
  for (const _ of rounds(5)) {
    const one = await aCase();
    const { id } = await aRequest({ numbers: [one.phoneNumberId] });
    const other = { ...one, requestId: id };
    const results = await Promise.allSettled([approve(one), approve(other)]);
    expectOneLoser(results, /It is void/);
    const states = [await readState(one), await readState(other)].map(({ state }) => state);
    expect(states.sort()).toEqual(["approved", "void"]);
  }
});

test("after all that, the trail is whole", async () => {
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});
