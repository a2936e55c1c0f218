import { existsSync } from "node:fs";
import path from "node:path";
import { flagFeed } from "#lib/flags/feed.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { answerQuestions, readSettings } from "../harness/answer-questions.ts";

/** Whether Next is there too: its build has to be made before. */
type Settings = { isWhole?: boolean };

const BUILD = path.resolve(import.meta.dirname, "../../.next/BUILD_ID");

// The console's server: as server.ts has it, or the fast lane alone.
const { isWhole = false } = readSettings<Settings>();
const server = await (isWhole ? startWhole() : serveApiWithFastLane());
const feed = flagFeed();
while (!feed.timeline) await feed.refresh(1_000);
const readyMs = performance.now();

answerQuestions({ url: () => server.url, readyMs: () => readyMs });

async function startWhole() {
  if (!existsSync(BUILD)) throw new Error("The console is not built: run npx next build first.");
  const { startServer } = await import("../../server.ts");
  return await startServer({ host: "127.0.0.1", port: 0, dev: false });
}
