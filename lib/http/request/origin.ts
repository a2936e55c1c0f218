import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { Channel, Origin } from "../../access/actor.ts";
import { getConfig } from "../../config.ts";
import { toClientAddress } from "./client-address.ts";
import { recordUntrustedProxy } from "./untrusted-proxy.ts";

/** Set by our own server from the connection; overwrites what a client sent under this name. */
export const CLIENT_IP_HEADER = "x-client-ip";
/** The length to which the trail cuts a text that anybody may send. */
export const MAX_USER_AGENT = 512;
const MAX_ASKED = 200;
/**
 * Set by proxy.ts, because Next does not tell a page its path; overwrites what a client sent under this
 * name.
 */
export const ASKED_HEADER = "x-asked";

/** Where a request came from, for its audit events. */
export function toOrigin(
  headers: Pick<Headers, "get">,
  { asked, ...how }: { requestId: string; channel: Channel; asked: string | null },
): Origin {
  const ip = headers.get(CLIENT_IP_HEADER) ?? "";
  const userAgent = toKept(headers.get("user-agent"));
  return { ...how, ip: isIP(ip) ? ip : null, userAgent, asked: asked?.slice(0, MAX_ASKED) };
}

/** The method and the path. Leaves out the query, which may be a search for a person. */
export function toAsked({ method, url }: Pick<Request, "method" | "url">): string {
  return `${method} ${new URL(url).pathname}`;
}

/** The origin of a connection, by its first request: for what is not recorded for each request. */
export function toConnectionOrigin(request: Pick<IncomingMessage, "socket" | "headers">): Origin {
  const ip = toRequestAddress(request);
  return { requestId: "", channel: "api", ip, userAgent: toKept(request.headers["user-agent"]) };
}

/** The client's address, behind the operator's own proxies or without them. */
export function toRequestAddress({
  socket,
  headers,
}: Pick<IncomingMessage, "socket" | "headers">): string | null {
  const given = headers["x-forwarded-for"];
  const forwarded = Array.isArray(given) ? given.join(",") : given;
  const hops = getConfig().trustedProxyHops;
  const address = toClientAddress({ peer: socket.remoteAddress, forwarded, hops });
  if (hops === 0 && forwarded !== undefined) recordUntrustedProxy(address);
  return address;
}

function toKept(userAgent: string | null | undefined): string | null {
  return userAgent?.slice(0, MAX_USER_AGENT).toWellFormed() ?? null;
}
