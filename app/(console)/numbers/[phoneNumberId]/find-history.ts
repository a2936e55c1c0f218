import { notFound } from "next/navigation";
import type { Actor } from "#lib/access/actor.ts";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { AppError } from "#lib/errors.ts";
import { findForcedBatches } from "#lib/flags/find-forced-batches.ts";
import { listNumberHistory } from "#lib/numbers/list-number-history.ts";

const PAGE_SIZE = 20;

/** A page of a number's history. */
export type NumberHistory = {
  page: TrailPage;
  /** Why a change could not wait for a second person, by its batch. */
  forced: ReadonlyMap<string, string>;
};

/** A page of the number's history. An invalid cursor in the address shows the not-found page. */
export async function findHistory(
  actor: Actor,
  phoneNumberId: string,
  cursor: string | null,
): Promise<NumberHistory> {
  const asked = { limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
  try {
    const page = await listNumberHistory(actor, phoneNumberId, asked);
    const batchIds = page.items.flatMap(({ batchId }) => batchId ?? []);
    return { page, forced: await findForcedBatches(actor, batchIds) };
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") notFound();
    throw error;
  }
}
