import { notFound } from "next/navigation";
import { cache } from "react";
import type { Actor } from "#lib/access/actor.ts";
import { AppError } from "#lib/errors.ts";
import { getNumber } from "#lib/numbers/get-number.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";

/**
 * The number that this page shows, read once per request. An unknown or malformed id shows the not-found
 * page.
 */
export const requireNumber = cache(
  async (actor: Actor, phoneNumberId: string): Promise<NumberRecord> => {
    try {
      return await getNumber(actor, phoneNumberId);
    } catch (error) {
      const isAbsent =
        error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID_INPUT");
      if (isAbsent) notFound();
      throw error;
    }
  },
);
