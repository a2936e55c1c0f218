import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { parseInput } from "../parse-input.ts";
import { toCursor } from "./cursor.ts";

/** One number's flag. A number the console does not know, or a retired one, is off. */
export type Flag = {
  phoneNumberId: string;
  acceptsBsuid: boolean;
  known: boolean;
  cursor: string;
  revision: number;
};

/**
 * One number's flag, as of one moment. Takes `flag:read`.
 *
 * @throws AppError INVALID_INPUT for a malformed id; an unknown one is an answer
 */
export async function findFlag(actor: Actor, id: string): Promise<Flag> {
  authorize(actor, "flag:read");
  const phoneNumberId = parseInput(phoneNumberIdSchema, id);
  const [at] = await db().$queryRaw<FlagAtRevision[]>`
    SELECT l.revision, l.revision_hash AS hash, n.accepts_bsuid AS accepts
    FROM ledger l LEFT JOIN number n ON n.phone_number_id = ${phoneNumberId} AND n.retired_at IS NULL`;
  if (!at) throw new Error("The ledger has no row: the database is not migrated.");
  const revision = Number(at.revision);
  return {
    phoneNumberId,
    acceptsBsuid: at.accepts ?? false,
    known: at.accepts !== null,
    cursor: toCursor({ revision, revisionHash: at.hash }),
    revision,
  };
}

type FlagAtRevision = { revision: bigint; hash: string; accepts: boolean | null };
