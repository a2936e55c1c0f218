import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { MAX_CHANGES } from "../flags/max-changes.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { parseInput } from "../parse-input.ts";

/** Something else that waits for some of the numbers: a request, or a schedule of one person. */
export type OtherWish = {
  kind: "request" | "schedule";
  id: string;
  display: string;
  /** How many of the numbers it names, and the first of them. */
  count: number;
  phoneNumberId: string;
};

const MAX_WISHES = 20;

const listOtherWishesSchema = z.strictObject({
  phoneNumberIds: z.array(phoneNumberIdSchema).max(MAX_CHANGES),
  /** The request that is looked at, with its schedule. */
  requestId: z.uuid().optional(),
});

/**
 * Lists what else waits for any of these numbers: carrying one out makes the others void. At most 20, oldest
 * first. Takes `desk:read`.
 */
export async function listOtherWishes(
  actor: Actor,
  input: z.input<typeof listOtherWishesSchema>,
): Promise<OtherWish[]> {
  authorize(actor, "desk:read");
  const { phoneNumberIds: ids, requestId = null } = parseInput(listOtherWishesSchema, input);
  return await db().$queryRaw<OtherWish[]>`
    SELECT 'request' AS kind, r.id, r.display, count(*)::int AS count,
      min(i.phone_number_id) AS "phoneNumberId", r.requested_at AS since
    FROM change_request_item i
    JOIN change_request r ON r.id = i.request_id AND r.state IN ('open', 'scheduled')
    WHERE i.phone_number_id = ANY(${ids}::text[]) AND r.id IS DISTINCT FROM ${requestId}::uuid
    GROUP BY r.id
    UNION ALL
    SELECT 'schedule', s.id, s.display, count(*)::int, min(i.phone_number_id), s.created_at
    FROM schedule_item i JOIN schedule s ON s.id = i.schedule_id AND s.state = 'waiting'
    WHERE i.phone_number_id = ANY(${ids}::text[]) AND s.request_id IS NULL
    GROUP BY s.id
    ORDER BY since, id LIMIT ${MAX_WISHES}`;
}
