import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson, aSchedule } from "#testing/factories.ts";
import { liftTwoPeople, requireTwoPeople } from "#testing/two-people.ts";
import { db } from "../../db/client.ts";
import { forceFlags } from "../../flags/force-flags.ts";
import { runDueSchedules } from "../run-due-schedules.ts";
import { newScheduleRunner } from "../schedule-runner.ts";
import { recordFailure } from "./record-failure.ts";

useTestDatabase();

const reasons = { reason: "A test forces it", forceReason: "A test cannot wait" };

test.each([
  [
    "the number was forced",
    async (phoneNumberId: string) => {
      const changes = [{ phoneNumberId, acceptsBsuid: true }];
      await forceFlags(await aPerson("admin"), { changes, ...reasons });
    },
  ],
  ["the rule was lifted", (_: string, accountId: string) => liftTwoPeople(accountId)],
])("where %s in between, no request is opened, and the next look does it", async (_, happens) => {
  const support = await aPerson("support");
  const accountId = await anAccount();
  await requireTwoPeople(accountId);
  const phoneNumberId = await aNumber({ accountId });
  const whose = { authorId: support.id, phoneNumberId, at: new Date(), isBound: false };
  const id = await aSchedule(whose);
  await happens(phoneNumberId, accountId);
  const failure = { code: "NEEDS_TWO_PEOPLE", why: "It needs two people." } as const;
  await recordFailure(newScheduleRunner(), { id, numbers: 1, failure, actor: support });
  expect(await db().changeRequest.count({ where: { requestedById: support.id } })).toBe(0);
  expect(await runDueSchedules(newScheduleRunner())).toBe(1);
  expect(await db().schedule.findUnique({ where: { id } })).toMatchObject({ state: "done" });
});
