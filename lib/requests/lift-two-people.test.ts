import { describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anAccountOfTwo, aPerson, aSystem } from "#testing/factories.ts";
import { aLiftRequest } from "#testing/requests.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { approveRequest } from "./approve-request.ts";
import { declineRequest } from "./decline-request.ts";
import { getRequest } from "./get-request.ts";

useTestDatabase();

const reason = "It is not the time";
const stateOf = async (id: string) => (await getRequest(aSystem("desk:read"), id)).state;

describe("the request to lift an account's two-person rule", () => {
  test("is approved by another admin, and lifts it, for both people in the trail", async () => {
    const [asking, approving] = [await aPerson("admin"), await aPerson("admin")];
    const accountId = await anAccountOfTwo();
    const requestId = await aLiftRequest(asking, accountId);
    const own = approveRequest(asking, { requestId, version: 1 });
    await expect(own).rejects.toMatchObject({ code: "FORBIDDEN" });
    await approveRequest(approving, { requestId, version: 1 });
    expect(await db().account.findUnique({ where: { id: accountId } })).toMatchObject({
      needsTwoPeople: false,
    });
    const [event] = await readEvents({ targetId: accountId });
    expect(event).toMatchObject({
      action: "account.two_people_lifted",
      actorId: approving.id,
      onBehalfOf: { id: asking.id },
      after: { needsTwoPeople: false },
    });
    expect(await stateOf(requestId)).toBe("approved");
  });

  test("is not decided by support", async () => {
    const support = await aPerson("support");
    const accountId = await anAccountOfTwo();
    const requestId = await aLiftRequest(await aPerson("admin"), accountId);
    for (const attempt of [
      () => approveRequest(support, { requestId, version: 1 }),
      () => declineRequest(support, { requestId, reason }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await stateOf(requestId)).toBe("open");
    const where = { id: accountId, needsTwoPeople: true };
    expect(await db().account.count({ where })).toBe(1);
  });

  test("fails when its requester is no admin any more, and lifts nothing", async () => {
    const asking = await aPerson("admin");
    const accountId = await anAccountOfTwo();
    const requestId = await aLiftRequest(asking, accountId);
    await db().person.update({ where: { id: asking.id }, data: { role: "support" } });
    const attempt = approveRequest(await aPerson("admin"), { requestId, version: 1 });
    await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await stateOf(requestId)).toBe("failed");
    const where = { id: accountId, needsTwoPeople: true };
    expect(await db().account.count({ where })).toBe(1);
  });
});
