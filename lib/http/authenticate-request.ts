import { isIP } from "node:net";
import type { Actor, Origin } from "../access/actor.ts";
import { authenticateToken } from "../access/authenticate-token.ts";
import { AppError } from "../errors.ts";

/** Set by our own server from the connection, over whatever a client sent under this name. */
const CLIENT_IP_HEADER = "x-client-ip";
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;
const LONGEST_USER_AGENT = 512;

/**
 * Who asks, by bearer token. Cookies are not looked at: a browser session does not reach the API.
 *
 * @throws AppError UNAUTHENTICATED
 */
export async function authenticateRequest(request: Request, requestId: string): Promise<Actor> {
  const token = BEARER.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token !== undefined) return await authenticateToken(token, toOrigin(request, requestId));
  throw new AppError(
    "UNAUTHENTICATED",
    "This takes a token. Send it as Authorization: Bearer TOKEN.",
  );
}

function toOrigin(request: Request, requestId: string): Origin {
  const ip = request.headers.get(CLIENT_IP_HEADER) ?? "";
  const userAgent = request.headers.get("user-agent")?.slice(0, LONGEST_USER_AGENT) ?? null;
  return { requestId, channel: "api", ip: isIP(ip) ? ip : null, userAgent };
}
