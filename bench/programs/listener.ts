import pg from "pg";
import { answerQuestions } from "../harness/answer-questions.ts";
import { monotonicMs } from "../harness/monotonic-ms.ts";

/** When the notification of each revision arrived. */
const seenAtMs = new Map<number, number>();

// The reference: a client that only listens to PostgreSQL.
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
client.on("error", () => {});
client.on("notification", ({ payload }) => seenAtMs.set(Number(payload), monotonicMs()));
await client.connect();
await client.query("LISTEN flag_revision");

answerQuestions({ seenAtMs: ({ revision }: { revision: number }) => seenAtMs.get(revision) });
