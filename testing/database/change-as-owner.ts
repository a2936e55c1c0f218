import { withClient } from "#postgres/with-client.ts";

/** Sets columns of one row as the owner of the database: of what the application may not change. */
export async function changeAsOwner(
  ownerUrl: string,
  table: "change_request",
  { id, ...columns }: { id: string } & Readonly<Record<string, Date | string | number | null>>,
): Promise<void> {
  const sets = Object.keys(columns).map((name, index) => `${name} = $${index + 2}`);
  const sql = `UPDATE ${table} SET ${sets.join(", ")} WHERE id = $1`;
  await withClient(ownerUrl, (owner) => owner.query(sql, [id, ...Object.values(columns)]));
}
