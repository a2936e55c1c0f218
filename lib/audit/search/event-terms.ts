import { Prisma } from "../../db/generated/client.ts";

/**
 * The expression of the index `audit_event_terms`: an entry's terms are the reason's words, the values
 * that filters use, and the stretch of the trail that it is in.
 */
export const EVENT_TERMS = Prisma.sql`
  audit_terms(seq, action, outcome, channel, target_type, actor_id, reason)`;
