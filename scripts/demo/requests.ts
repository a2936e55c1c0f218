import type pg from "pg";
import { setPersonRole } from "#lib/people/set-person-role.ts";
import { approveRequest } from "#lib/requests/approve-request.ts";
import { createRequest } from "#lib/requests/create-request.ts";
import { declineRequest } from "#lib/requests/decline-request.ts";
import { expireRequests } from "#lib/requests/expire-requests.ts";
import { EndedRequest } from "#lib/requests/lock-request.ts";
import { withdrawRequest } from "#lib/requests/withdraw-request.ts";
import type { DemoStep } from "./demo-past.ts";
import { type DemoWorld, newOrigin } from "./demo-world.ts";
import { toChanges } from "./flag-history.ts";
import { toNextLocal } from "./next-local.ts";

type When = Pick<DemoStep, "daysAgo" | "at">;
type Wish = When & {
  business: string;
  count?: number;
  reason: string;
  localTime?: string;
  zone?: string;
};

/** A request in each state, asked for by managers all over the world. */
export function requests(world: DemoWorld, owner: pg.Client): DemoStep[] {
  return [
    ...approved(world),
    ...declined(world),
    ...withdrawn(world),
    ...expired(world, owner),
    ...failed(world),
    ...scheduled(world),
    // A number that is turned on a day later makes it void.
    ask(world, {
      ...{ daysAgo: 17, at: "05:30", business: "Lotus Silk House", count: 1 },
      reason: "Their wedding catalogue goes out to username-only customers",
    }).step,
    ask(world, {
      ...{ daysAgo: 1, at: "06:05", business: "Spice Route Kitchens", count: 3 },
      reason: "New ordering page went live in Pune; the old one needed a phone number",
    }).step,
  ];
}

/** A step that asks for a business's numbers in its manager's name, and the id that it has then. */
function ask(world: DemoWorld, { daysAgo, at, business, count, ...rest }: Wish) {
  const changes = toChanges(world.numbersOf(business).slice(0, count));
  let requestId = "";
  const step: DemoStep = {
    ...{ daysAgo, at },
    does: async () => {
      const asked = await createRequest(world.managerOf(business), { changes, ...rest });
      requestId = asked.id;
    },
  };
  return { step, id: () => requestId };
}

function approved(world: DemoWorld): DemoStep[] {
  const business = "Café de la Sierra";
  const reason = "Their loyalty app signs customers up by username; the webhook was tested";
  const { step, id } = ask(world, { daysAgo: 29, at: "15:45", business, reason });
  const approve = () =>
    approveRequest(world.by("sofia"), {
      requestId: id(),
      version: 1,
      decision: "Tested with them this morning",
    });
  return [step, { daysAgo: 28, at: "13:20", does: approve }];
}

function declined(world: DemoWorld): DemoStep[] {
  const business = "Inmobiliaria Andina";
  const asked = "Tenants who write from Instagram have no phone number on file";
  const { step, id } = ask(world, { daysAgo: 3, at: "17:00", business, count: 2, reason: asked });
  const reason =
    "Their rental system still finds tenants by phone number, so replies would open empty files. Ask again once the vendor's update is installed.";
  const decline = () => declineRequest(world.by("tunde"), { requestId: id(), reason });
  return [step, { daysAgo: 2, at: "09:30", does: decline }];
}

function withdrawn(world: DemoWorld): DemoStep[] {
  const business = "Northgate Plumbing";
  const reason = "They moved to the new inbox and want usernames from the start";
  const { step, id } = ask(world, { daysAgo: 8, at: "10:00", business, count: 2, reason });
  const withdraw = () => withdrawRequest(world.managerOf(business), { requestId: id() });
  return [step, { daysAgo: 8, at: "10:45", does: withdraw }];
}

/** Nobody looked at it for 14 days. */
function expired(world: DemoWorld, owner: pg.Client): DemoStep[] {
  const business = "Palmwine Logistics";
  const reason = "Drivers answer customers who have no phone number on file";
  const { step, id } = ask(world, { daysAgo: 40, at: "08:10", business, count: 2, reason });
  const expire = async () => {
    await owner.query("UPDATE change_request SET expires_at = now() WHERE id = $1", [id()]);
    await expireRequests({
      ...{ type: "system", id: "requests", name: "Requests", permissions: ["request:expire"] },
      origin: newOrigin("schedule"),
    });
  };
  return [step, { daysAgo: 26, at: "08:11", does: expire }];
}

/** Whoever asked may not ask any more when somebody approves it. */
function failed(world: DemoWorld): DemoStep[] {
  const changes = toChanges(world.numbersOf("Cedar Grove Realty").slice(0, 2));
  const reason = "Their agents answer leads from Instagram, most of them without a phone";
  let requestId = "";
  return [
    {
      ...{ daysAgo: 33, at: "14:00" },
      does: async () => {
        ({ id: requestId } = await createRequest(world.by("rafael"), { changes, reason }));
      },
    },
    {
      ...{ daysAgo: 32, at: "08:00" },
      does: () =>
        setPersonRole(world.by("ingrid"), {
          personId: world.by("rafael").id,
          role: "auditor",
          reason: "Moved to the audit team",
        }),
    },
    {
      ...{ daysAgo: 31, at: "09:20" },
      does: () =>
        approveRequest(world.by("tunde"), { requestId, version: 1 }).catch((error: unknown) => {
          if (!(error instanceof EndedRequest)) throw error;
        }),
    },
  ];
}

function scheduled(world: DemoWorld): DemoStep[] {
  const { step, id } = ask(world, {
    ...{ daysAgo: 5, at: "04:30", business: "Warung Melati" },
    ...{ localTime: toNextLocal("Monday", "09:00", { weeks: 1 }), zone: "Asia/Jakarta" },
    reason: "Their new delivery app opens that morning; until then it needs phone numbers",
  });
  const approve = () => approveRequest(world.by("sofia"), { requestId: id(), version: 1 });
  return [step, { daysAgo: 4, at: "13:40", does: approve }];
}
