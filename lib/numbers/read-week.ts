import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { parseInput } from "../parse-input.ts";
import { weekStart } from "./loss-window.ts";
import { phoneNumberIdSchema } from "./phone-number-id.ts";

/**
 * Messages of a number's phone-less customers in the last 7 days, as reported by runtimes. If none
 * reported, both counts are 0 and mean nothing.
 */
export type Week = { isReported: boolean; lost: number; accepted: number };

/**
 * Reads the last week of a number, to decide on its flag. Takes `number:read`.
 *
 * @throws AppError INVALID_INPUT for a malformed id; an unknown one has no reports
 */
export async function readWeek(actor: Actor, id: string): Promise<Week> {
  authorize(actor, "number:read");
  const phoneNumberId = parseInput(phoneNumberIdSchema, id);
  const { _count, _sum } = await db().trafficCount.aggregate({
    where: { phoneNumberId, hour: { gte: weekStart() } },
    _count: true,
    _sum: { phoneLessDropped: true, phoneLessAccepted: true },
  });
  return {
    isReported: _count > 0,
    lost: Number(_sum.phoneLessDropped ?? 0),
    accepted: Number(_sum.phoneLessAccepted ?? 0),
  };
}
