import type { AuditedTransaction } from "../db/transaction.ts";

/** By what a person is or was known: entries keep what they were called at the time. */
export type KnownAs = { id: string; names: string[]; emails: string[] };

type Renamed = Record<"name" | "email", string | null>;

/** Names and addresses of a person, those of before a renaming too. */
export async function findPersonNames(
  tx: AuditedTransaction,
  { id, name, email }: { id: string; name: string; email: string },
): Promise<KnownAs> {
  const former = await tx.db.$queryRaw<Renamed[]>`
    SELECT before ->> 'name' AS name, before ->> 'email' AS email FROM audit_event
    WHERE action = 'person.renamed' AND target_type = 'person' AND target_id = ${id}`;
  const all = (key: keyof Renamed, now: string) => [
    ...new Set([now, ...former.flatMap((one) => one[key] ?? [])]),
  ];
  return { id, names: all("name", name), emails: all("email", email) };
}
