import { openExternalDatabase } from "../../scripts/launcher/external-database.ts";
import { getConfig } from "../config.ts";
import { flagFeed } from "../flags/feed.ts";
import { serveApiWithFastLane } from "./serve-api.ts";

/** What a test learns of a console in a process of its own. */
export type ConsoleVitals = { listeners: number; rss: number; heapUsed: number; external: number };

/**
 * The console without its pages, as a process that a test forks (lib/testing/console-process.ts):
 * server.ts would need a build of Next.
 */
async function serve(): Promise<void> {
  await openExternalDatabase(getConfig(), {
    signal: new AbortController().signal,
    onFailure: (error) => {
      throw error;
    },
  });
  flagFeed();
  const { url } = await serveApiWithFastLane(Number(process.argv[2]));
  process.on("message", (question) => {
    if (question === "vitals") globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    const vitals: ConsoleVitals = { listeners: flagFeed().listenerCount, rss, heapUsed, external };
    process.send?.(vitals);
  });
  // Without its test there is nobody to serve.
  process.on("disconnect", () => process.exit(0));
  process.send?.({ url });
}

await serve();
