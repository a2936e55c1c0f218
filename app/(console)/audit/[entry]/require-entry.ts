import { notFound } from "next/navigation";
import { cache } from "react";
import type { Actor } from "#lib/access/actor.ts";
import { type EntryInChain, getAuditEvent } from "#lib/audit/get-audit-event.ts";
import { AppError } from "#lib/errors.ts";
import { orForbidden } from "../../../or-forbidden.ts";

/**
 * The entry that this page shows, read once per request. An unknown number or id shows the not-found
 * page.
 */
export const requireEntry = cache(async (actor: Actor, which: string): Promise<EntryInChain> => {
  try {
    return await orForbidden(getAuditEvent(actor, which));
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
});
