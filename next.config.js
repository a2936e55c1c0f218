import createNextIntlPlugin from "next-intl/plugin";

/** For every answer; what runs scripts on a page is the content security policy's matter. */
const RESPONSE_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Content-Security-Policy", value: "frame-ancestors 'none'" },
  { key: "X-Frame-Options", value: "DENY" },
];

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  headers: async () => [{ source: "/:path*", headers: RESPONSE_HEADERS }],
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino", "prom-client"],
};

export default createNextIntlPlugin("./app/i18n-request.ts")(config);
