import type { Actor } from "../../access/actor.ts";
import { AppError } from "../../errors.ts";
import { authenticateToken } from "../../tokens/authenticate-token.ts";
import { tokenMemory } from "../../tokens/token-memory.ts";
import { limitFailures } from "./auth-limit.ts";
import { toAsked, toOrigin } from "./origin.ts";

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

/** Checked in the database on each request, or in memory where a second's delay is acceptable. */
export type TokenCheck = "current" | "remembered";

/** How a request may send its token, and how that is checked. */
export type Credentials = { tokens: TokenCheck; takesApiKey: boolean };

/**
 * The actor of a request's bearer token. Cookies are ignored: a browser session does not reach the API.
 *
 * @throws AppError UNAUTHENTICATED, RATE_LIMITED
 */
export async function authenticateRequest(
  request: Request,
  { requestId, tokens, takesApiKey }: Credentials & { requestId: string },
): Promise<Actor> {
  const token = readToken(request, { takesApiKey });
  if (token === null) {
    throw new AppError(
      "UNAUTHENTICATED",
      `This takes a token. Send it as Authorization: Bearer TOKEN${takesApiKey ? ", or as X-API-Key: TOKEN" : ""}.`,
    );
  }
  const origin = toOrigin(request.headers, { requestId, channel: "api", asked: toAsked(request) });
  const remembered = tokens === "remembered" ? tokenMemory().find(token, origin) : null;
  if (remembered) return remembered;
  return await limitFailures(origin.ip, () =>
    tokens === "remembered"
      ? tokenMemory().authenticate(token, origin)
      : authenticateToken(token, origin),
  );
}

/** Aborts when the client leaves, or the remembered token that it came with ends. */
export function toAbortSignal(
  request: Request,
  how: Pick<Credentials, "takesApiKey">,
): AbortSignal {
  const token = readToken(request, how) ?? "";
  return AbortSignal.any([request.signal, tokenMemory().endSignal(token)]);
}

/** A bearer token takes precedence: every route accepts it. */
function readToken(
  { headers }: Request,
  { takesApiKey }: Pick<Credentials, "takesApiKey">,
): string | null {
  return (
    readBearer(headers.get("authorization")) ?? (takesApiKey ? headers.get("x-api-key") : null)
  );
}

/** The token of an `Authorization` header; null without one. */
export function readBearer(authorization: string | null): string | null {
  return BEARER.exec(authorization ?? "")?.[1] ?? null;
}
