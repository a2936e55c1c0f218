import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/**
 * Headers by which Next's parts talk to each other. A client could send them to change what a request
 * does: `x-middleware-prefetch` alone turned any answer of the API into `200 {}`. Next's own client sends
 * none of them (`rsc`, `next-action`, `next-url`, `next-router-*` are others).
 *
 * Source: Next 16, `server/lib/server-ipc/utils` and `lib/constants`, and the headers its server reads.
 */
const INTERNAL_HEADERS =
  /^(?:x-middleware-|x-nextjs-|x-next-|x-invoke-|x-invocation-|x-now-|x-vercel-|x-action-|x-prerender-|x-matched-path$|x-rewrite-url$|x-original-url$|next-resume$|next-render-|next-instant-)/;
/** Hot reload finds the page of a request by these. */
const HOT_RELOAD_HEADERS = /^x-nextjs-(?:html-)?request-id$/;

/**
 * Marks requests passed to Next, which repeats a request's headers when it calls itself: for an action of
 * another page, and for the page that an action leads to. Nobody else knows the value.
 */
const HANDED_ON = "x-handed-on";
const handedOn = randomUUID();

/**
 * Removes the headers that a client must not send to the framework.
 *
 * @returns whether Next sent the request to itself while answering one of ours; then nothing is removed
 */
export function stripSteeringHeaders(
  { headers }: Pick<IncomingMessage, "headers">,
  { isDevelopment }: { isDevelopment: boolean },
): boolean {
  if (headers[HANDED_ON] === handedOn) return true;
  for (const name of Object.keys(headers)) {
    if (!INTERNAL_HEADERS.test(name) || (isDevelopment && HOT_RELOAD_HEADERS.test(name))) continue;
    delete headers[name];
  }
  headers[HANDED_ON] = handedOn;
  return false;
}
