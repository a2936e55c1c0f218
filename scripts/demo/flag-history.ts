import type { Actor } from "#lib/access/actor.ts";
import { retireNumber } from "#lib/flags/retire-number.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import type { DemoAccount } from "./roster.ts";

const ASKED = [
  "asked by e-mail: their CRM now keys on userId",
  "confirmed on the call that their webhook takes customers without a phone number",
  "launched a username campaign and is losing replies; tested on staging first",
  "moved to the new integration last week, and its developer approved",
] as const;

const WENT_BACK = [
  "Their billing system rejected customers without a phone; back to phone-only until it is fixed",
  "Their developer is on leave and deliveries fail to match; switched off until Monday",
] as const;

const CLOSED = [
  "The shop has closed, and Meta released the number",
  "Merged into the main sales number at the customer's request",
  "The SIM was lost and the number was given back",
] as const;

/** Businesses whose numbers went on, off and on again. */
const HESITANT = 4;
const RETIRED = 12;

/** Gives the roster a history of flips and retirements, with reasons. */
export async function makeFlagHistory(
  accounts: readonly DemoAccount[],
  { supporters, seeder }: { supporters: readonly [Actor, Actor]; seeder: Actor },
): Promise<void> {
  const accepting = accounts.filter(({ business }) => business.acceptance !== "none");
  for (const [index, account] of accepting.entries()) {
    const [first, second] = index % 3 === 0 ? supporters : supporters.toReversed();
    if (!first || !second) throw new Error("The demo has two supporters.");
    const ids = toAcceptingIds(account);
    const asked = `${account.business.name} ${ASKED[index % ASKED.length]}`;
    await set(first, ids, true, { reason: asked, ticket: 4_100 + index * 7 });
    if (index >= HESITANT) continue;
    const why = WENT_BACK[index % WENT_BACK.length] ?? WENT_BACK[0];
    const some = ids.slice(0, 1 + index);
    await set(second, some, false, { reason: why, ticket: 4_300 + index * 11 });
    const again = "Fixed on their side and tested together; on again";
    await set(first, some, true, { reason: again, ticket: 4_300 + index * 11 });
  }
  await retireSome(accounts, seeder);
}

/** The numbers that accept: all, or those for marketing and sales, while support stays phone-only on its old tools. */
function toAcceptingIds({ business, entries }: DemoAccount): string[] {
  const isOutward = (label: string) => /^(Vendas|Ventas|Marketing)/.test(label);
  const chosen = entries.filter(({ label }) => business.acceptance === "all" || isOutward(label));
  return chosen.map(({ phoneNumberId }) => phoneNumberId);
}

async function retireSome(accounts: readonly DemoAccount[], seeder: Actor): Promise<void> {
  const phoneOnly = accounts.filter(({ business }) => business.acceptance === "none");
  for (const [index, { entries }] of phoneOnly.slice(0, RETIRED).entries()) {
    const phoneNumberId = entries.at(-1)?.phoneNumberId;
    if (phoneNumberId === undefined) continue;
    const reason = CLOSED[index % CLOSED.length] ?? CLOSED[0];
    await retireNumber(seeder, { phoneNumberId, reason });
  }
}

async function set(
  actor: Actor,
  ids: readonly string[],
  acceptsBsuid: boolean,
  { reason, ticket }: { reason: string; ticket: number },
): Promise<void> {
  await setFlags(actor, {
    changes: ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid })),
    reason,
    ticketUrl: `https://support.example.com/tickets/${ticket}`,
  });
}
