import type { Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";

/**
 * Takes an instance's name for a token: it belongs to the one that brought it first, to those that it
 * replaced or that replaced it by rotation, and to any once that has ended or an admin released the name.
 * So no token can say what another one's runtime holds. Called with the instance's row locked.
 *
 * @throws AppError CONFLICT
 */
export async function claimName(
  tx: Prisma.TransactionClient,
  instanceId: string,
  tokenId: string,
): Promise<void> {
  // A rotation has few steps; each token names the one that it replaced.
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
  // The later token of a rotation keeps the name; the earlier one may go on with it until it ends.
  if (row?.is_owned && row.was_mine) return;
  await tx.$executeRaw`
    UPDATE runtime_instance SET token_id = ${tokenId}::uuid WHERE instance_id = ${instanceId}`;
}

type Row = { is_owned: boolean; is_mine: boolean; was_mine: boolean };
