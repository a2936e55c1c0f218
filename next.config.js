import { randomUUID } from "node:crypto";
import createNextIntlPlugin from "next-intl/plugin";

/** For every answer of Next's; proxy.ts replaces the policy on what a browser shows. */
const RESPONSE_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
  },
];

/** Which build this is. Pages compare theirs with the one that answers, and say when it is another. */
const build = process.env.CONSOLE_BUILD || randomUUID();

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  env: { CONSOLE_BUILD: build },
  generateBuildId: () => build,
  // A page that the role may not see answers 403, not 200 with words.
  experimental: { authInterrupts: true },
  headers: async () => [{ source: "/:path*", headers: RESPONSE_HEADERS }],
  // Server actions are named by their file's path from here. Where Next looks for a lock file instead,
  // a folder above this one may change the names, and a deploy would refuse what its open pages save.
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino", "prom-client"],
};

export default createNextIntlPlugin("./app/i18n-request.ts")(config);
