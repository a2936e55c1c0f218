import { db } from "#lib/db/client.ts";
import { importRoster } from "#lib/roster/import-roster.ts";
import type { RosterEntry } from "#lib/roster/roster-entry.ts";
import { aPerson } from "./factories.ts";
import { toSource } from "./roster.ts";

/** Where a roster may move a number to. */
export const PLACES = [
  ["portfolio", { portfolioId: "911111111111111" }],
  ["account", { accountExternalId: "another-account", accountName: "Another Account" }],
  ["WhatsApp Business account", { wabaId: "822222222222222" }],
] as const satisfies readonly (readonly [string, Partial<RosterEntry>])[];

/** Imports a roster that has this number in another place. */
export async function moveNumber(
  phoneNumberId: string,
  place: Partial<RosterEntry>,
): Promise<void> {
  const { account, ...number } = await db().number.findUniqueOrThrow({
    where: { phoneNumberId },
    include: { account: true },
  });
  const { displayPhoneNumber, label, portfolioId, wabaId } = number;
  const accountFields = { accountName: account.name, accountExternalId: account.externalId };
  const numberFields = { phoneNumberId, displayPhoneNumber, label, portfolioId, wabaId };
  const entry = { ...numberFields, ...accountFields, ...place };
  await importRoster(await aPerson("admin"), toSource([entry]));
}
