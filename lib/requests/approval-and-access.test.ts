import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSystem } from "#testing/factories.ts";
import { APPROVED, approve, aRequestRace, readState, readStory } from "#testing/request-race.ts";
import { aRequest } from "#testing/requests.ts";
import { race, rounds } from "#testing/rounds.ts";
import { expectWholeTrail } from "#testing/trail/expect-whole-trail.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";
import { setPersonRole } from "../people/set-person-role.ts";
import { approveRequest } from "./approve-request.ts";

useTestDatabase();

const reason = "A race decides";
const manager = () => aSystem("person:manage");

const demote = (personId: string) =>
  setPersonRole(manager(), { personId, role: "auditor", reason });
const disable = (personId: string) =>
  setPersonDisabled(manager(), { personId, isDisabled: true, reason });

/** Who loses their access, how, and what becomes of a request that was not approved before. */
const LOSSES = [
  ["the demotion of who asked", "by", demote, "person.role_changed", "failed", "request.failed"],
  [
    "the disabling of who asked",
    "by",
    disable,
    "person.disabled",
    "withdrawn",
    "request.withdrawn",
  ],
  ["the demotion of who approves", "approver", demote, "person.role_changed", "open", null],
  ["the disabling of who approves", "approver", disable, "person.disabled", "open", null],
] as const;

test.each(LOSSES)(
  "an approval and %s: whichever is first counts, and the other hears of it",
  async (_, whose, end, ending, state, action) => {
    for (const _ of rounds(3)) {
      const one = await aRequestRace();
      const [approval, ended] = await race(
        () => approve(one),
        () => end(one[whose].id),
      );
      expect(ended.status).toBe("fulfilled");
      const isApproved = approval.status === "fulfilled";
      if (!isApproved) {
        const code = whose === "by" ? "CONFLICT" : "UNAUTHENTICATED";
        expect(approval.reason).toMatchObject({
          code,
          message: expect.stringMatching(/disabled|another role|changed or ended/),
        });
      }
      expect(await readStory(one)).toEqual(isApproved ? APPROVED : action ? [action] : []);
      expect(await readState(one)).toEqual({
        state: isApproved ? "approved" : state,
        acceptsBsuid: isApproved,
      });
      const targetId = { in: [one.requestId, one[whose].id] };
      const order = (await readEvents({ targetId })).map((event) => event.action);
      const first = isApproved ? ["request.opened", "request.approved"] : ["request.opened"];
      expect(order.filter((each) => each !== action)).toEqual([...first, ending]);
    }
  },
);

test("an approval for later and the disabling of who approves: nothing waits in their name", async () => {
  for (const _ of rounds(3)) {
    const approver = await aPerson("admin");
    const { id: requestId } = await aRequest({ at: new Date(Date.now() + 3_600_000) });
    const [approval] = await race(
      () => approveRequest(approver, { requestId, version: 1 }),
      () => disable(approver.id),
    );
    const isApproved = approval.status === "fulfilled";
    const { state } = await db().changeRequest.findUniqueOrThrow({ where: { id: requestId } });
    expect(state).toBe(isApproved ? "void" : "open");
    const schedules = await db().schedule.findMany({ where: { requestId } });
    expect(schedules.map((schedule) => schedule.state)).toEqual(isApproved ? ["cancelled"] : []);
  }
});

test("after all that, the trail is whole", expectWholeTrail);
