import { getConfig } from "#lib/config.ts";
import { flagFeed } from "#lib/flags/flag-feed.ts";
import { startScheduleRunner } from "#lib/schedules/schedule-runner.ts";
import type { ConsoleVitals } from "#testing/http/console-process.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { openExternalDatabase } from "./launcher/external-database.ts";

/**
 * Serves the console without its pages, in a process that a test forks (testing/http/console-process.ts):
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
  startScheduleRunner();
  const { url } = await serveApiWithFastLane(Number(process.argv[2]));
  process.on("message", (question) => {
    if (question === "vitals") globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    const vitals: ConsoleVitals = { listeners: flagFeed().listenerCount, rss, heapUsed, external };
    process.send?.(vitals);
  });
  // The test that forked it has ended.
  process.on("disconnect", () => process.exit(0));
  process.send?.({ url });
}

await serve();
