import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "../../../auth-options.ts";

/** next-auth types its route handler as `any`; this is what it takes and answers. */
type RouteHandler = (
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
) => Promise<Response>;

const handle: RouteHandler = async (request, context) =>
  await NextAuth(request as never, context as never, authOptions());

export { handle as GET, handle as POST };
