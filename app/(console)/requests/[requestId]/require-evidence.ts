import { notFound } from "next/navigation";
import { cache } from "react";
import type { Actor } from "#lib/access/actor.ts";
import { AppError } from "#lib/errors.ts";
import { getRequestEvidence, type RequestEvidence } from "#lib/requests/get-request-evidence.ts";
import { orForbidden } from "../../../or-forbidden.ts";

/**
 * The request that this page shows, read once for each page view. An unknown or malformed id shows the
 * not-found page.
 */
export const requireEvidence = cache(
  async (actor: Actor, requestId: string): Promise<RequestEvidence> => {
    try {
      return await orForbidden(getRequestEvidence(actor, requestId));
    } catch (error) {
      const isAbsent =
        error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID_INPUT");
      if (isAbsent) notFound();
      throw error;
    }
  },
);
