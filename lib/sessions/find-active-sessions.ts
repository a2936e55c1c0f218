import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { mustChoosePassword } from "./find-session-actor.ts";
import { activeSessionsAt } from "./session-record.ts";

/**
 * Those of the sessions that are valid for the console's pages, with their people. Not recorded as a
 * use of them.
 */
export async function findActiveSessions(
  sessionIds: readonly string[],
): Promise<Map<string, { personId: string }>> {
  const rows = await db().session.findMany({
    where: {
      id: { in: [...sessionIds] },
      ...activeSessionsAt(databaseNow()),
      person: { disabledAt: null },
    },
    include: { person: { select: { sessionVersion: true, isPasswordTemporary: true } } },
  });
  const valid = rows.filter(
    (row) => row.sessionVersion === row.person.sessionVersion && !mustChoosePassword(row),
  );
  return new Map(valid.map(({ id, personId }) => [id, { personId }]));
}
