import { isIP, type Socket } from "node:net";
import type { Channel, Origin } from "../access/actor.ts";

/** Set by our own server from the connection, over whatever a client sent under this name. */
const CLIENT_IP_HEADER = "x-client-ip";
/** What the trail keeps for ever of a text that anybody may send. */
const LONGEST_USER_AGENT = 512;

/** How a request reached us, for its audit events. */
export function toOrigin(
  headers: Pick<Headers, "get">,
  { requestId, channel }: { requestId: string; channel: Channel },
): Origin {
  const ip = headers.get(CLIENT_IP_HEADER) ?? "";
  const userAgent = toKept(headers.get("user-agent"));
  return { requestId, channel, ip: isIP(ip) ? ip : null, userAgent };
}

/** Who is at the other end of a connection, for what is not recorded request by request. */
export function toConnectionOrigin(
  { remoteAddress = "" }: Pick<Socket, "remoteAddress">,
  userAgent: string | undefined,
): Origin {
  const ip = isIP(remoteAddress) ? remoteAddress : null;
  return { requestId: "", channel: "api", ip, userAgent: toKept(userAgent) };
}

function toKept(userAgent: string | null | undefined): string | null {
  return userAgent?.slice(0, LONGEST_USER_AGENT).toWellFormed() ?? null;
}
