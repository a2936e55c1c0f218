import { Prisma } from "../../db/generated/client.ts";

/**
 * All that an entry can be found by, as the index `audit_event_terms` has it: the words of its
 * reason, what it is filtered by, and the stretch of the trail that it is in.
 */
export const EVENT_TERMS = Prisma.sql`
  audit_terms(seq, action, outcome, channel, target_type, actor_id, reason)`;
