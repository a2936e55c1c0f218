import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/**
 * Headers by which Next's parts talk to one another, and whose names a client could borrow to change what
 * a request does: `x-middleware-prefetch` alone turned any answer of the API into `200 {}`. What Next's
 * own client sends (`rsc`, `next-action`, `next-url`, `next-router-*`) is none of them.
 *
 * Source: Next 16, `server/lib/server-ipc/utils` and `lib/constants`, and the headers its server reads.
 */
const STEERING =
  /^(?:x-middleware-|x-nextjs-|x-next-|x-invoke-|x-invocation-|x-now-|x-vercel-|x-action-|x-prerender-|x-matched-path$|x-rewrite-url$|x-original-url$|next-resume$|next-render-|next-instant-)/;
/** Hot reload tells by these which page a request is of. */
const OF_DEVELOPMENT = /^x-nextjs-(?:html-)?request-id$/;

/**
 * Marks what is handed to Next, which repeats a request's headers where it asks itself: for an action of
 * another page, and for the page that an action leads to. Nobody else knows the value.
 */
const HANDED_ON = "x-handed-on";
const handedOn = randomUUID();

/**
 * Takes from a request what no client has to say to the framework.
 *
 * @returns whether it is Next's own, of a request that came in here: then nothing is taken from it
 */
export function stripSteeringHeaders(
  { headers }: Pick<IncomingMessage, "headers">,
  { isDevelopment }: { isDevelopment: boolean },
): boolean {
  if (headers[HANDED_ON] === handedOn) return true;
  for (const name of Object.keys(headers)) {
    if (!STEERING.test(name) || (isDevelopment && OF_DEVELOPMENT.test(name))) continue;
    delete headers[name];
  }
  headers[HANDED_ON] = handedOn;
  return false;
}
