import { startTemporaryPostgres } from "#postgres/temporary.ts";
import { createTemplate } from "./database.ts";

/** Vitest's global set-up: starts a cluster with a migrated template unless `npm test` has. Returns the tear-down. */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_DATABASE_URL) return undefined;
  const postgres = await startTemporaryPostgres();
  try {
    const clusterUrl = postgres.superuserUrl("postgres");
    await createTemplate(clusterUrl, "template_console");
    process.env.TEST_DATABASE_URL = clusterUrl;
    process.env.TEST_TEMPLATE = "template_console";
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return postgres.stop;
}
