import { forceFlags } from "#lib/flags/force-flags.ts";
import { reviewForcedChange } from "#lib/flags/review-forced-change.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import { approveRequest } from "#lib/requests/approve-request.ts";
import { setTwoPeople } from "#lib/requests/set-two-people.ts";
import { accountIdByExternalId } from "./account-id.ts";
import type { DemoStep } from "./demo-past.ts";
import type { DemoWorld } from "./demo-world.ts";
import { toChanges } from "./flag-history.ts";

const BUSINESS = "Droguería Cordillera";

/** An account that needs two people: asked, approved, forced twice, and one of those still to be reviewed. */
export function twoPeople(world: DemoWorld): DemoStep[] {
  const ids = world.numbersOf(BUSINESS);
  let requestId = "";
  let forced = "";
  const ask = async (by: "sofia" | "lucia", reason: string) => {
    const { request } = await setFlags(world.by(by), { changes: toChanges(ids), reason });
    requestId = request?.id ?? "";
  };
  const approve = (by: "lucia" | "tunde", decision: string) =>
    approveRequest(world.by(by), { requestId, version: 1, decision });
  const force = async (by: "priya" | "ingrid", reason: string, forceReason: string) => {
    const changes = toChanges(ids, false);
    forced = (await forceFlags(world.by(by), { changes, reason, forceReason })).batchId ?? "";
  };
  return [
    {
      daysAgo: 45,
      at: "06:10",
      does: async () => {
        const accountId = await accountIdByExternalId(world.externalIdOf(BUSINESS));
        const reason = "Their compliance team wants two of us to agree on every change";
        return await setTwoPeople(world.by("priya"), { accountId, needsTwoPeople: true, reason });
      },
    },
    {
      daysAgo: 43,
      at: "16:20",
      does: () => ask("lucia", "Their new order system keys on userId; asked by their head of IT"),
    },
    {
      daysAgo: 42,
      at: "09:15",
      does: () => approve("tunde", "Checked with them by phone: all branches run the new system"),
    },
    {
      daysAgo: 23,
      at: "05:40",
      does: () =>
        force(
          "ingrid",
          "Orders from customers without a phone stop at their gateway since last night's release",
          "Their night shift was losing orders, and nobody else could be reached before seven",
        ),
    },
    {
      daysAgo: 22,
      at: "07:30",
      does: () => {
        const review = "Right call: orders were stuck. Turning on again goes through a request";
        return reviewForcedChange(world.by("priya"), { batchId: forced, review });
      },
    },
    {
      daysAgo: 21,
      at: "13:00",
      does: () => ask("sofia", "Their gateway is fixed, and the stuck orders went through"),
    },
    {
      daysAgo: 21,
      at: "16:30",
      does: () => approve("lucia", "Saw the fix deployed together with their developer"),
    },
    {
      daysAgo: 2,
      at: "05:50",
      does: () =>
        force(
          "priya",
          "Their gateway rejects customers without a phone again, since its certificate was renewed",
          "It was one at night in Bogotá, and each minute cost them an order",
        ),
    },
    {
      daysAgo: 1,
      at: "16:10",
      does: () => ask("lucia", "The new certificate works; they tested it with ten orders"),
    },
  ];
}
