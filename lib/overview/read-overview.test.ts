import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson, aSchedule, aSystem } from "#testing/factories.ts";
import { aCount, anHour, reportNow } from "#testing/http/report.ts";
import { aRequestOf } from "#testing/requests.ts";
import { db } from "../db/client.ts";
import { setFlags } from "../flags/set-flags.ts";
import { readFigures } from "./read-figures.ts";
import { readOverview } from "./read-overview.ts";

useTestDatabase();
const reader = aSystem("number:read");

test("the figures count numbers in service, losses by day and the week before, and mixed accounts", async () => {
  const [mixed, uniform] = [await anAccount(), await anAccount()];
  const lost = await aNumber({ accountId: mixed });
  const on = await aNumber({ accountId: mixed, accepts: true });
  await aNumber({ accountId: uniform });
  await aNumber({ accountId: mixed, isRetired: true });
  const count = (id: string, phoneLessDropped: number, hoursAgo: number) =>
    aCount(id, { phoneLessDropped, hour: anHour(hoursAgo) });
  await reportNow({
    counts: [
      count(lost, 3, 0),
      count(lost, 2, 25),
      count(on, 1, 30),
      count(lost, 40, 168),
      count(lost, 80, 336),
    ],
  });
  expect(await readFigures(reader)).toEqual({
    inService: 3,
    accepting: 1,
    losing: 1,
    lostByDay: [0, 0, 0, 0, 0, 3, 3],
    lostBefore: 40,
    mixedAccounts: 1,
  });
});

test("a flip moves the figures at once, though they were read a moment ago", async () => {
  const support = await aPerson("support");
  const id = await aNumber();
  const { accepting } = await readFigures(reader);
  const change = { phoneNumberId: id, acceptsBsuid: true };
  await setFlags(support, { changes: [change], reason: "For the figures" });
  expect((await readFigures(reader)).accepting).toBe(accepting + 1);
});

test("requests wait for whoever may decide them, and are shown to whoever made them", async () => {
  const [manager, other] = [await aPerson("account_manager"), await aPerson("account_manager")];
  const support = await aPerson("support");
  const before = (await readOverview(support)).requests;
  await aRequestOf(manager.id);
  expect((await readOverview(support)).requests).toBe(before + 1);
  expect((await readOverview(manager)).requests).toBe(1);
  expect((await readOverview(other)).requests).toBe(0);
  await aRequestOf(support.id);
  expect((await readOverview(support)).requests).toBe(before + 1);
});

test("schedules that wait are counted, and a silent runtime is trouble", async () => {
  const support = await aPerson("support");
  await aSchedule({ authorId: support.id, phoneNumberId: await aNumber() });
  expect(await readOverview(support)).toMatchObject({ schedules: 1, hasTroubledRuntime: false });
  await db().$executeRaw`UPDATE runtime_instance SET last_heard_at = now() - interval '2 minutes'`;
  expect((await readOverview(support)).hasTroubledRuntime).toBe(true);
});
