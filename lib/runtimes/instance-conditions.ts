import { Prisma } from "../db/generated/client.ts";

/** The cursor before the first change, which has no event to compare with. */
const FIRST_CURSOR = "0.00000000";

/**
 * Whether the cursor of `runtime_instance i` is of this database's trail. After a restore, a runtime may
 * still have a lost revision whose number has been used again since. Of archived revisions only the last
 * one of each archive can be compared.
 */
export const IS_OF_THIS_TIMELINE = Prisma.sql`(
  i.applied_cursor = ${FIRST_CURSOR} OR EXISTS (
    SELECT FROM audit_event e WHERE e.revision = i.applied_revision
      AND left(e.hash, 8) = split_part(i.applied_cursor, '.', 2))
  OR EXISTS (
    SELECT FROM audit_archive a WHERE a.last_revision = i.applied_revision
      AND left(a.last_revision_hash, 8) = split_part(i.applied_cursor, '.', 2)))`;

/** An instance that was heard at most this many seconds ago is live; any other is silent. */
export const LIVE_SECONDS = 60;

/**
 * Whether `runtime_instance i` is counted: until it reports that it ends, or somebody dismisses it. Silent
 * ones are counted, since they may still decide messages.
 */
export const IS_COUNTED = Prisma.sql`(i.closed_at IS NULL AND i.dismissed_at IS NULL)`;
