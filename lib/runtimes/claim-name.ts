import type { Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";

/**
 * Claims an instance's name for a token, so that no token can report for another one's runtime. A name belongs
 * to the first token that used it and to its rotations; it is free once that token has ended or an admin has
 * released the name. Requires a lock on the instance's row.
 *
 * @throws AppError CONFLICT when the name belongs to another token
 */
export async function claimName(
  tx: Prisma.TransactionClient,
  instanceId: string,
  tokenId: string,
): Promise<void> {
  // The recursion is short: each token names the one that it replaced.
  const [row] = await tx.$queryRaw<Row[]>`
    WITH RECURSIVE owner AS (
      SELECT t.* FROM runtime_instance i JOIN token t ON t.id = i.token_id
      WHERE i.instance_id = ${instanceId} AND t.revoked_at IS NULL AND t.expires_at > now()
    ), before_mine (id, replaces_id) AS (
      SELECT id, replaces_id FROM token WHERE id = ${tokenId}::uuid
      UNION SELECT t.id, t.replaces_id FROM token t JOIN before_mine m ON t.id = m.replaces_id
    ), before_owner (id, replaces_id) AS (
      SELECT id, replaces_id FROM owner
      UNION SELECT t.id, t.replaces_id FROM token t JOIN before_owner o ON t.id = o.replaces_id
    )
    SELECT EXISTS (SELECT FROM owner) AS is_owned,
      EXISTS (SELECT FROM owner JOIN before_mine USING (id)) AS is_mine,
      EXISTS (SELECT FROM before_owner WHERE id = ${tokenId}::uuid) AS was_mine`;
  if (row?.is_owned && !row.is_mine && !row.was_mine) {
    throw new AppError(
      "CONFLICT",
      `The name ${instanceId} belongs to another token's runtime. Give this one a name of its own, or let an admin release the name on the page Runtimes.`,
    );
  }
  // The name stays with the newer token of a rotation; the older one may use it until it ends.
  if (row?.is_owned && row.was_mine) return;
  await tx.$executeRaw`
    UPDATE runtime_instance SET token_id = ${tokenId}::uuid WHERE instance_id = ${instanceId}`;
}

type Row = { is_owned: boolean; is_mine: boolean; was_mine: boolean };
