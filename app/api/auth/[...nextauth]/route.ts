import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { signInOptions } from "../../../auth-options.ts";
import { findSession, readOrigin } from "../../../session.ts";

/** What next-auth has beyond this (a log that anybody may write to) is not offered. */
const OFFERED = new Set(["csrf", "providers", "session", "signin", "signout", "callback", "error"]);

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth types its route handler as `any`; this is what it takes and answers. */
type RouteHandler = (request: NextRequest, context: Context) => Promise<Response>;

const handle: RouteHandler = async (request, context) => {
  const [action = ""] = (await context.params).nextauth;
  if (!OFFERED.has(action)) return new Response(null, { status: 404 });
  const session = await findSession();
  const origin = await readOrigin();
  const options = signInOptions({ origin, previousSessionId: session?.sessionId ?? null });
  return await NextAuth(request as never, context as never, options);
};

export { handle as GET, handle as POST };
