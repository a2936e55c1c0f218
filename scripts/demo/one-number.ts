import { setFlag } from "#lib/flags/set-flag.ts";
import { approveRequest } from "#lib/requests/approve-request.ts";
import { createRequest } from "#lib/requests/create-request.ts";
import { createSchedule } from "#lib/schedules/create-schedule.ts";
import type { DemoStep } from "./demo-past.ts";
import type { DemoWorld } from "./demo-world.ts";
import { toChanges } from "./flag-history.ts";
import { toNextLocal } from "./next-local.ts";

const BUSINESS = "Pet Shop Amigo Fiel";
const ZONE = "America/Sao_Paulo";

/** One number that tells its whole story, and on which two people have plans. */
export function oneNumber(world: DemoWorld): DemoStep[] {
  const [phoneNumberId = ""] = world.numbersOf(BUSINESS);
  const changes = toChanges([phoneNumberId]);
  const manager = () => world.managerOf(BUSINESS);
  let requestId = "";
  const flip = (by: "sofia" | "tunde", acceptsBsuid: boolean, reason: string, ticket: number) =>
    setFlag(world.by(by), {
      phoneNumberId,
      acceptsBsuid,
      reason,
      ticketUrl: `https://support.example.com/tickets/${ticket}`,
    });
  return [
    {
      daysAgo: 50,
      at: "13:05",
      does: () =>
        flip("sofia", true, "Username campaign for their anniversary; tested first", 4_118),
    },
    {
      daysAgo: 46,
      at: "17:40",
      does: () => flip("tunde", false, "Their billing rejected customers without a phone", 4_131),
    },
    {
      daysAgo: 44,
      at: "12:30",
      does: async () => {
        const reason = "Billing is fixed, and tested with two customers who have usernames";
        const checks = ["Their system stores userId", "They tested it with a customer"];
        ({ id: requestId } = await createRequest(manager(), { changes, reason, checks }));
      },
    },
    {
      daysAgo: 44,
      at: "15:10",
      does: () => approveRequest(world.by("sofia"), { requestId, version: 1 }),
    },
    {
      daysAgo: 9,
      at: "10:20",
      does: () =>
        flip("tunde", false, "Deliveries fail to match while their developer is on leave", 4_402),
    },
    {
      daysAgo: 3,
      at: "13:00",
      does: () => {
        const reason =
          "Their developer is back and has fixed the matching; they lose customers daily";
        return createRequest(manager(), { changes, reason });
      },
    },
    {
      daysAgo: 2,
      at: "15:20",
      does: () =>
        createSchedule(world.by("lucia"), {
          changes,
          localTime: toNextLocal("Monday", "09:00"),
          zone: ZONE,
          reason: "On Monday morning, when somebody at the shop can watch the first orders",
        }),
    },
  ];
}
