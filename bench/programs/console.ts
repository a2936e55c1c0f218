import { existsSync } from "node:fs";
import path from "node:path";
import { flagFeed } from "#lib/flags/flag-feed.ts";
import { startScheduleRunner } from "#lib/schedules/schedule-runner.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { answerQuestions, readSettings } from "../harness/answer-questions.ts";

/** `hasNext`: with Next, whose build has to exist. `runsSchedules`: carries out schedules, as it does with Next. */
type Settings = { hasNext?: boolean; runsSchedules?: boolean };

const BUILD = path.resolve(import.meta.dirname, "../../.next/BUILD_ID");

// The console's server: the complete one of server.ts, or the fast lane alone.
const { hasNext = false, runsSchedules = false } = readSettings<Settings>();
const server = await (hasNext ? startWithNext() : serveApiWithFastLane());
const feed = flagFeed();
while (!feed.timeline) await feed.refresh(1_000);
if (runsSchedules) startScheduleRunner();
const readyMs = performance.now();

answerQuestions({ url: () => server.url, readyMs: () => readyMs });

async function startWithNext() {
  if (!existsSync(BUILD)) throw new Error("The console is not built: run npx next build first.");
  const { startServer } = await import("../../server.ts");
  return await startServer({ host: "127.0.0.1", port: 0, dev: false });
}
