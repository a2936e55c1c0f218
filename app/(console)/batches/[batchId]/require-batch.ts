import { notFound } from "next/navigation";
import { cache } from "react";
import type { Actor } from "#lib/access/actor.ts";
import { type BatchRecord, getBatch } from "#lib/batches/get-batch.ts";
import { AppError } from "#lib/errors.ts";
import { orForbidden } from "../../../or-forbidden.ts";

const ABSENT = ["NOT_FOUND", "INVALID_INPUT", "CONFLICT"];

/** The batch that the page shows, read once per request; one that is not in the trail shows the not-found page. */
export const requireBatch = cache(async (actor: Actor, batchId: string): Promise<BatchRecord> => {
  try {
    return await orForbidden(getBatch(actor, batchId));
  } catch (error) {
    if (error instanceof AppError && ABSENT.includes(error.code)) notFound();
    throw error;
  }
});
