import { createLoader, createSerializer, parseAsString } from "nuqs/server";

/** The page's state: `after` is the log's own cursor. */
const parsers = { after: parseAsString };

export const loadDeliveriesQuery = createLoader(parsers);
const serialise = createSerializer(parsers);

/** The address of an endpoint's page at another cursor. */
export function toEndpointHref(endpointId: string, after: string | null) {
  return `/webhooks/${endpointId}${serialise({ after })}` as `/webhooks/${string}`;
}
