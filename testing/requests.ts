import type { PersonActor } from "#lib/access/actor.ts";
import { db } from "#lib/db/client.ts";
import { inAuditedTransaction } from "#lib/db/transaction.ts";
import { forceFlags } from "#lib/flags/force-flags.ts";
import { openRequest } from "#lib/flags/pending/open-request.ts";
import type { RequestRecord } from "#lib/flags/pending/request-record.ts";
import { createRequest } from "#lib/requests/create-request.ts";
import { aNumber, anAccount, anAccountOfTwo, aPerson } from "./factories.ts";

/** Asks, as support unless `by` is given, to turn on a number, or these. */
export async function aRequest({
  by,
  numbers,
  ...given
}: {
  by?: PersonActor;
  numbers?: readonly string[];
  at?: Date;
  lateHours?: number;
} = {}): Promise<RequestRecord> {
  const phoneNumberIds = numbers ?? [await aNumber()];
  const { at, ...rest } = given;
  return await createRequest(by ?? (await aPerson("support")), {
    changes: phoneNumberIds.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: true })),
    reason: "A test asks for it",
    ...(at ? { at: at.toISOString() } : {}),
    ...rest,
  });
}

/** Writes an open request in somebody's name, whatever their role may ask for. */
export async function aRequestOf(requestedById: string): Promise<string> {
  const phoneNumberId = await aNumber();
  const { accountId } = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
  const { id } = await db().changeRequest.create({
    data: {
      display: `Turn on ${phoneNumberId}`,
      reason: "A test asks for it",
      requestedById,
      expiresAt: new Date(Date.now() + 86_400_000),
      items: { create: { phoneNumberId, acceptsBsuid: true, flagVersion: 0, accountId } },
    },
  });
  return id;
}

/** Creates an account manager with a number of an account that they manage. */
export async function anAccountManager(): Promise<{
  manager: PersonActor;
  accountId: string;
  phoneNumberId: string;
}> {
  const manager = await aPerson("account_manager");
  const accountId = await anAccount();
  await db().account.update({ where: { id: accountId }, data: { managerId: manager.id } });
  return { manager, accountId, phoneNumberId: await aNumber({ accountId }) };
}

/** Changes a number alone where two people are needed, as an admin; returns its batch. */
export async function aForcedChange(): Promise<string> {
  const phoneNumberId = await aNumber({ accountId: await anAccountOfTwo() });
  const { batchId } = await forceFlags(await aPerson("admin"), {
    changes: [{ phoneNumberId, acceptsBsuid: true }],
    reason: "A test changes it",
    forceReason: "A test cannot wait",
  });
  return batchId ?? "";
}

/** Asks to lift an account's two-person rule. */
export async function aLiftRequest(by: PersonActor, accountId: string): Promise<string> {
  const { id, name } = await db().account.findUniqueOrThrow({ where: { id: accountId } });
  const wish = { targets: [], liftsTwoPeopleOf: { id, name }, reason: "A test asks for it" };
  return (await inAuditedTransaction(by, (tx) => openRequest(tx, wish))).id;
}
