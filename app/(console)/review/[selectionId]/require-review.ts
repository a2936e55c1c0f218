import { notFound } from "next/navigation";
import { cache } from "react";
import type { Actor } from "#lib/access/actor.ts";
import { AppError } from "#lib/errors.ts";
import { type Review, readReview } from "#lib/selections/read-review.ts";
import { orForbidden } from "../../../or-forbidden.ts";

/** The selection that the page shows, read once per request; one that is gone shows the not-found page. */
export const requireReview = cache(async (actor: Actor, selectionId: string): Promise<Review> => {
  try {
    return await orForbidden(readReview(actor, selectionId));
  } catch (error) {
    const isAbsent =
      error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID_INPUT");
    if (isAbsent) notFound();
    throw error;
  }
});
