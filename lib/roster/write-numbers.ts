import type { AuditedTransaction } from "../db/transaction.ts";
import { toChunks } from "./chunks.ts";
import type { RosterEntry } from "./roster-entry.ts";

/** An entry of the roster, and the id of its account's row. */
export type NumberRow = { entry: RosterEntry; accountId: string };

/** Inserts new numbers; they start as phone-only. */
export async function insertNumbers(
  tx: AuditedTransaction,
  rows: readonly NumberRow[],
): Promise<void> {
  for (const chunk of toChunks(rows)) {
    const [ids, phones, labels, accounts, portfolios, wabas] = toColumns(chunk);
    await tx.db.$executeRaw`
      INSERT INTO number
        (phone_number_id, display_phone_number, label, account_id, portfolio_id, waba_id)
      SELECT * FROM unnest(${ids}::text[], ${phones}::text[], ${labels}::text[],
                           ${accounts}::uuid[], ${portfolios}::text[], ${wabas}::text[])`;
  }
}

/** Updates the roster's fields of existing numbers, never a flag: numbers that move were switched off before. */
export async function updateNumbers(
  tx: AuditedTransaction,
  rows: readonly NumberRow[],
): Promise<void> {
  for (const chunk of toChunks(rows)) {
    const [ids, phones, labels, accounts, portfolios, wabas] = toColumns(chunk);
    await tx.db.$executeRaw`
      UPDATE number n
      SET display_phone_number = w.phone, label = w.label, account_id = w.account_id,
          portfolio_id = w.portfolio_id, waba_id = w.waba_id
      FROM unnest(${ids}::text[], ${phones}::text[], ${labels}::text[],
                  ${accounts}::uuid[], ${portfolios}::text[], ${wabas}::text[])
           AS w(id, phone, label, account_id, portfolio_id, waba_id)
      WHERE n.phone_number_id = w.id`;
  }
}

function toColumns(rows: readonly NumberRow[]) {
  return [
    rows.map(({ entry }) => entry.phoneNumberId),
    rows.map(({ entry }) => entry.displayPhoneNumber),
    rows.map(({ entry }) => entry.label),
    rows.map(({ accountId }) => accountId),
    rows.map(({ entry }) => entry.portfolioId),
    rows.map(({ entry }) => entry.wabaId),
  ] as const;
}
