import { notFound } from "next/navigation";
import { cache } from "react";
import type { Actor } from "#lib/access/actor.ts";
import { AppError } from "#lib/errors.ts";
import { getPerson } from "#lib/people/get-person.ts";
import type { ListedPerson } from "#lib/people/read-people.ts";
import { orForbidden } from "../../../or-forbidden.ts";

/**
 * The person that this page shows, read once per request. An unknown or malformed id shows the not-found
 * page.
 */
export const requirePerson = cache(
  async (actor: Actor, personId: string): Promise<ListedPerson> => {
    try {
      return await orForbidden(getPerson(actor, personId));
    } catch (error) {
      const isAbsent =
        error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID_INPUT");
      if (isAbsent) notFound();
      throw error;
    }
  },
);
