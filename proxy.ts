import { type NextRequest, NextResponse } from "next/server";
import { getConfig } from "#lib/config.ts";
import {
  isForeignWrite,
  toContentSecurityPolicy,
  toPageHeaders,
} from "#lib/http/pages/page-security.ts";
import { ASKED_HEADER, toAsked } from "#lib/http/request/origin.ts";

/** Pages and the routes behind them. The API authenticates by token and sets its own headers. */
export const config = {
  matcher: ["/((?!_next/|(?:api/v1|ofrep)(?:/|$)|(?:healthz|readyz|metrics)$).*)"],
};

/** Sets the security headers and the scripts' nonce for every page; refuses writes from other sites with 403. */
export function proxy(request: NextRequest): NextResponse {
  const { nextAuthUrl } = getConfig();
  const { method, headers } = request;
  if (isForeignWrite({ method, headers, ownOrigin: new URL(nextAuthUrl).origin })) {
    return NextResponse.json({ message: "Sent by another site's page." }, { status: 403 });
  }
  const nonce = crypto.randomUUID();
  const isDevelopment = process.env.NODE_ENV === "development";
  const policy = toContentSecurityPolicy({ nonce, isDevelopment });
  const forwarded = new Headers(headers);
  forwarded.set("x-nonce", nonce);
  forwarded.set(ASKED_HEADER, toAsked(request));
  // Next reads the nonce for its own scripts from this header.
  forwarded.set("content-security-policy", policy);
  const answered = toPageHeaders({ policy, ownUrl: nextAuthUrl });
  return NextResponse.next({ request: { headers: forwarded }, headers: answered });
}
