import type { PersonActor } from "#lib/access/actor.ts";
import { retireNumber } from "#lib/flags/retire-number.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import type { DemoStep } from "./demo-past.ts";
import type { DemoWorld } from "./demo-world.ts";
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

/** The three of support, each in the morning of their own zone. */
const SHIFTS = [
  { name: "sofia", at: "13:20" },
  { name: "tunde", at: "09:40" },
  { name: "lucia", at: "16:05" },
] as const;

/** Businesses whose numbers went on, off and on again. */
const HESITANT = 4;
const FIRST_DAYS_AGO = 52;
const DAYS_BETWEEN = 4;
/** Turned on by a request and by a schedule: see their stories. */
const OF_OTHER_STORIES = ["Café de la Sierra", "Hotel Costa Clara"];

/** Eight weeks of businesses that were turned on, of some that went back, and of numbers that were retired. */
export function flagHistory(world: DemoWorld): DemoStep[] {
  const accepting = world.accounts.filter(({ business }) => business.acceptance !== "none");
  return [
    ...accepting.flatMap((account, index) => toFlips(world, { account, index })),
    ...world.toRetire().map((phoneNumberId, index) => {
      const { name, at } = shift(index);
      const reason = CLOSED[index % CLOSED.length] ?? CLOSED[0];
      const does = () => retireNumber(world.by(name), { phoneNumberId, reason });
      return { daysAgo: 47 - index * 3, at, does };
    }),
  ];
}

function toFlips(
  world: DemoWorld,
  { account, index }: { account: DemoAccount; index: number },
): DemoStep[] {
  const { name: business } = account.business;
  if (OF_OTHER_STORIES.includes(business)) return [];
  const [first, second] = [shift(index), shift(index + 1)];
  const ids = toAcceptingIds(account);
  const daysAgo = FIRST_DAYS_AGO - index * DAYS_BETWEEN;
  const asked = { reason: `${business} ${ASKED[index % ASKED.length]}`, ticket: 4_100 + index * 7 };
  const on: DemoStep = { daysAgo, at: first.at, does: () => set(world.by(first.name), ids, asked) };
  if (index >= HESITANT) return [on];
  const ticket = 4_300 + index * 11;
  const reason = WENT_BACK[index % WENT_BACK.length] ?? WENT_BACK[0];
  const again = "Fixed on their side and tested together; on again";
  const some = ids.slice(0, 1 + index);
  return [
    on,
    {
      daysAgo: daysAgo - 5,
      at: second.at,
      does: () => set(world.by(second.name), some, { reason, ticket, accepts: false }),
    },
    {
      daysAgo: daysAgo - 8,
      at: first.at,
      does: () => set(world.by(first.name), some, { reason: again, ticket }),
    },
  ];
}

const shift = (index: number) => SHIFTS[index % SHIFTS.length] ?? SHIFTS[0];

/** The numbers that accept: all, or those for marketing and sales, while support stays phone-only on its old tools. */
function toAcceptingIds({ business, entries }: DemoAccount): string[] {
  const isOutward = (label: string) => /^(Vendas|Ventas|Marketing)/.test(label);
  const chosen = entries.filter(({ label }) => business.acceptance === "all" || isOutward(label));
  return chosen.map(({ phoneNumberId }) => phoneNumberId);
}

/** Sets flags of several numbers, with a ticket. */
async function set(
  actor: PersonActor,
  ids: readonly string[],
  { reason, ticket, accepts = true }: { reason: string; ticket: number; accepts?: boolean },
): Promise<void> {
  await setFlags(actor, {
    changes: toChanges(ids, accepts),
    reason,
    ticketUrl: `https://support.example.com/tickets/${ticket}`,
  });
}

/** Turns numbers on, or makes them phone-only. */
export const toChanges = (ids: readonly string[], acceptsBsuid = true) =>
  ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid }));
