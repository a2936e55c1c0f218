import createNextIntlPlugin from "next-intl/plugin";

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino"],
};

export default createNextIntlPlugin("./app/i18n-request.ts")(config);
