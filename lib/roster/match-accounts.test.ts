import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { importRoster } from "./import-roster.ts";

useTestDatabase();

const load = (values: readonly unknown[]) =>
  importRoster(aSystem("roster:write"), toSource(values));

/** Ids were once kept as they came. */
test.each([
  ["decomposed letters", "Sa\u0303o Joa\u0303o 1", "São João 1"],
  ["an invisible character", "acc\u200B-77", "acc-77"],
  ["two blanks", "acc  78", "acc 78"],
])("an account that is stored with %s is the one it looks like", async (_, stored, externalId) => {
  const name = `Padaria ${externalId}`;
  const { id } = await db().account.create({ data: { externalId: stored, name } });
  const [one, left] = [anEntry(), anEntry()];
  const of = { accountName: name, accountExternalId: externalId };
  await db().number.create({
    data: {
      phoneNumberId: left.phoneNumberId,
      displayPhoneNumber: left.displayPhoneNumber,
      label: left.label,
      portfolioId: left.portfolioId,
      wabaId: left.wabaId,
      accountId: id,
    },
  });
  expect(await load([{ ...one, ...of }])).toMatchObject({ created: 1 });
  const { phoneNumberId } = one;
  const number = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
  expect(number.accountId).toBe(id);
  expect(await db().account.findUniqueOrThrow({ where: { id } })).toMatchObject({ externalId });
  const [event] = await readEvents({ targetId: left.phoneNumberId, action: "number.updated" });
  expect(event?.before).toMatchObject({ accountExternalId: stored });
  expect(event?.after).toMatchObject({ accountExternalId: externalId });
  expect(await load([{ ...one, ...of }])).toMatchObject({ unchanged: 1 });
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});
