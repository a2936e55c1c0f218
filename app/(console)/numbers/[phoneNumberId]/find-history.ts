import { notFound } from "next/navigation";
import type { Actor } from "#lib/access/actor.ts";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { AppError } from "#lib/errors.ts";
import { listNumberHistory } from "#lib/numbers/list-number-history.ts";

const PAGE_SIZE = 20;

/** A page of the number's history. An invalid cursor in the address shows the not-found page. */
export async function findHistory(
  actor: Actor,
  phoneNumberId: string,
  cursor: string | null,
): Promise<TrailPage> {
  const page = { limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
  try {
    return await listNumberHistory(actor, phoneNumberId, page);
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") notFound();
    throw error;
  }
}
