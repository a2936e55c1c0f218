import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { forgetOldDesk } from "./forget-old-desk.ts";

useTestDatabase();

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

/** What a person has of each kind, of that age. */
async function anAge(personId: string, days: number): Promise<void> {
  const at = daysAgo(days);
  const subject = randomUUID();
  await db().notice.create({
    data: {
      personId,
      kind: "request.outcome",
      subject,
      data: {},
      createdAt: daysAgo(99),
      updatedAt: at,
    },
  });
  const selection = await db().selection.create({
    data: { madeById: personId, acceptsBsuid: true, createdAt: at },
  });
  const phoneNumberId = await aNumber();
  const where = await db().number.findUniqueOrThrow({
    where: { phoneNumberId },
    select: { accountId: true, portfolioId: true, wabaId: true },
  });
  const item = { phoneNumberId, place: 1, flagVersion: 0, ...where };
  await db().selectionItem.create({ data: { selectionId: selection.id, ...item } });
  const answer = { route: "POST /api/v1/requests", key: subject, bodyHash: "", status: 201 };
  await db().idempotencyKey.create({
    data: { personId, ...answer, headers: {}, body: "{}", createdAt: at },
  });
}

async function countOf(personId: string) {
  const where = { personId };
  return {
    notices: await db().notice.count({ where }),
    selections: await db().selection.count({ where: { madeById: personId } }),
    items: await db().selectionItem.count({ where: { selection: { madeById: personId } } }),
    answers: await db().idempotencyKey.count({ where }),
  };
}

test("notices are kept for 90 days, selections and answers for one, and no longer", async () => {
  const { id } = await aPerson("support");
  for (const days of [0.9, 1.1, 89.9, 90.1]) await anAge(id, days);
  const console = aSystem("desk:forget");
  expect(await forgetOldDesk(console)).toEqual({ notices: 1, selections: 3, answers: 3 });
  expect(await countOf(id)).toEqual({ notices: 3, selections: 1, items: 1, answers: 1 });
  expect(await forgetOldDesk(console)).toEqual({ notices: 0, selections: 0, answers: 0 });
});

test("nobody but the console itself deletes them", async () => {
  const admin = await aPerson("admin");
  await anAge(admin.id, 100);
  await expect(forgetOldDesk(admin)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await countOf(admin.id)).toEqual({ notices: 1, selections: 1, items: 1, answers: 1 });
});
