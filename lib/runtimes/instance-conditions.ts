import { Prisma } from "../db/generated/client.ts";

/** Where nothing was ever changed, there is no event to compare with. */
const FIRST_CURSOR = "0.00000000";

/**
 * Whether what `runtime_instance i` has applied is a state that this database was in: after a
 * restore, a runtime may still hold a revision that was lost, under a number used anew since. Of
 * revisions whose entries left into archives, the last of each is known.
 */
export const IS_OF_THIS_TIMELINE = Prisma.sql`(
  i.applied_cursor = ${FIRST_CURSOR} OR EXISTS (
    SELECT FROM audit_event e WHERE e.revision = i.applied_revision
      AND left(e.hash, 8) = split_part(i.applied_cursor, '.', 2))
  OR EXISTS (
    SELECT FROM audit_archive a WHERE a.last_revision = i.applied_revision
      AND left(a.last_revision_hash, 8) = split_part(i.applied_cursor, '.', 2)))`;

/** An instance that was heard this many seconds ago, or less, is live; else it is silent. */
export const LIVE_SECONDS = 60;

/**
 * Whether `runtime_instance i` is counted: until it says that it ends, somebody dismisses it or it is
 * forgotten. A silent one is, since messages may still be decided by it.
 */
export const IS_COUNTED = Prisma.sql`(i.closed_at IS NULL AND i.dismissed_at IS NULL)`;
