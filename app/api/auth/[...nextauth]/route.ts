import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { toProblemResponse } from "#lib/http/api/problem.ts";
import { toAppError } from "#lib/http/api/to-app-error.ts";
import { PAGE_RETRY_AFTER } from "#lib/http/pages/page-retry.ts";
import { checkAuthRequest } from "#lib/http/request/auth-request.ts";
import { signInOptions } from "../../../auth-options.ts";
import { OPENID } from "../../../openid-provider.ts";
import { findSession, readOrigin } from "../../../session.ts";
import { findAttempt } from "../../../sign-in-attempt.ts";

/** Everything else that next-auth offers is off, such as a log that anybody may write to. */
const OFFERED = new Set(["csrf", "providers", "session", "signin", "signout", "callback", "error"]);

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth types its route handler as `any`; this is what it takes and returns. */
type RouteHandler = (request: NextRequest, context: Context) => Promise<Response>;

const handle: RouteHandler = async (request, context) => {
  const [action = "", provider = ""] = (await context.params).nextauth;
  if (!OFFERED.has(action)) return new Response(null, { status: 404 });
  const origin = await readOrigin();
  const { requestId } = origin;
  try {
    await checkAuthRequest(request);
    const session = await findSession();
    const attempt = provider === OPENID ? findAttempt(action, request) : null;
    const options = signInOptions({
      origin,
      previousSessionId: session?.sessionId ?? null,
      attemptId: attempt?.id ?? null,
    });
    const asked = attempt?.request ?? request;
    const answer = await NextAuth(asked as never, context as never, options);
    return await toUnavailable(attempt ? await attempt.complete(answer) : answer);
  } catch (error) {
    return toProblemResponse(toAppError(error, requestId), { requestId, hasCredentials: false });
  }
};

/**
 * Turns next-auth's answer to a database outage, an error code in the address with status 401, into 503.
 */
async function toUnavailable(answer: Response): Promise<Response> {
  if (answer.status !== 401) return answer;
  const body = await answer.text();
  const isUnavailable = body.includes("error=UNAVAILABLE");
  const headers = new Headers(answer.headers);
  if (isUnavailable) headers.set("retry-after", PAGE_RETRY_AFTER);
  return new Response(body, { status: isUnavailable ? 503 : 401, headers });
}

export { handle as GET, handle as POST };
