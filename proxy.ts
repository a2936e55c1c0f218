import { type NextRequest, NextResponse } from "next/server";
import { getConfig } from "#lib/config.ts";
import {
  isForeignWrite,
  toContentSecurityPolicy,
  toPageHeaders,
} from "#lib/http/pages/page-security.ts";
import { ASKED_HEADER, toAsked } from "#lib/http/request/origin.ts";

/** Pages, and the routes behind them; the API is asked by token and has headers of its own. */
export const config = {
  matcher: ["/((?!_next/|api/v1/|ofrep/|(?:healthz|readyz|metrics)$).*)"],
};

/** What every answer to a browser says about itself, and the nonce that its scripts carry. */
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
  // Next reads the nonce from here, for the scripts of its own.
  forwarded.set("content-security-policy", policy);
  const answered = toPageHeaders({ policy, ownUrl: nextAuthUrl });
  return NextResponse.next({ request: { headers: forwarded }, headers: answered });
}
