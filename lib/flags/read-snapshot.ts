import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { toCursor } from "./cursor.ts";

/** All that a runtime needs: sparse, sorted, only the numbers that are on. */
export type FlagSnapshot = {
  kind: "snapshot";
  cursor: string;
  revision: number;
  /** What holds for every number that is not named, known or not. */
  default: false;
  accepts: string[];
};

/** The flags and their cursor, as of one moment. Takes `flag:read`. */
export async function readSnapshot(actor: Actor): Promise<FlagSnapshot> {
  authorize(actor, "flag:read");
  const [at] = await db().$queryRaw<{ revision: bigint; hash: string; accepts: string[] }[]>`
    SELECT l.revision, l.revision_hash AS hash,
           ARRAY(SELECT n.phone_number_id FROM number n WHERE n.accepts_bsuid
                 ORDER BY n.phone_number_id COLLATE "C") AS accepts
    FROM ledger l`;
  if (!at) throw new Error("The ledger has no row: the database is not migrated.");
  const revision = Number(at.revision);
  const cursor = toCursor({ revision, revisionHash: at.hash });
  return { kind: "snapshot", cursor, revision, default: false, accepts: at.accepts };
}

/** The cursor alone: what a conditional request is compared with. Takes `flag:read`. */
export async function readFlagCursor(actor: Actor): Promise<string> {
  authorize(actor, "flag:read");
  const { revision, revisionHash } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  return toCursor({ revision: Number(revision), revisionHash });
}
