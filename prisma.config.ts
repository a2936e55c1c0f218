import { defineConfig } from "prisma/config";

// The URL is for `prisma migrate deploy` by those who can download Prisma's own engine;
// the console applies the same migrations with lib/db/migrate.ts.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});
