import { notFound } from "next/navigation";
import { cache } from "react";
import type { Actor } from "#lib/access/actor.ts";
import { AppError } from "#lib/errors.ts";
import type { EndpointRecord } from "#lib/webhooks/endpoint-record.ts";
import { getEndpoint } from "#lib/webhooks/get-endpoint.ts";
import { orForbidden } from "../../../or-forbidden.ts";

/** The endpoint that this page shows, read once per request. An unknown or malformed id shows the not-found page. */
export const requireEndpoint = cache(
  async (actor: Actor, endpointId: string): Promise<EndpointRecord> => {
    try {
      return await orForbidden(getEndpoint(actor, endpointId));
    } catch (error) {
      if (error instanceof AppError && error.code === "NOT_FOUND") notFound();
      throw error;
    }
  },
);
