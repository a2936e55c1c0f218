import type { CookieOption } from "next-auth";
import type { Config } from "#lib/config.ts";

/**
 * The cookie of a session. On HTTPS its name begins with `__Host-`: no other host of the domain
 * and no plain connection can set it. Plain HTTP is for this machine only (lib/config.ts).
 */
export function sessionCookie({ nextAuthUrl }: Pick<Config, "nextAuthUrl">): CookieOption {
  const isSecure = nextAuthUrl.startsWith("https:");
  return {
    name: `${isSecure ? "__Host-" : ""}next-auth.session-token`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure },
  };
}
