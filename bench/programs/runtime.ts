import { readSettings as readRuntimeSettings } from "../../runtime/settings.ts";
import { startRuntime } from "../../runtime/start-runtime.ts";
import { answerQuestions, readSettings } from "../harness/answer-questions.ts";

// The messaging runtime, as npm run runtime starts it.
const runtime = await startRuntime(readRuntimeSettings(readSettings<Record<string, string>>()));

answerQuestions({ url: () => runtime.url });
