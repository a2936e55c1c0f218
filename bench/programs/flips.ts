import { flagFeed } from "#lib/flags/feed.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import { aNumber, aPerson } from "#lib/testing/factories.ts";
import { serveApiWithFastLane } from "#lib/testing/serve-api.ts";
import { answerQuestions } from "../harness/answer-questions.ts";
import { monotonicMs } from "../harness/monotonic-ms.ts";

export type Flip = { revision: number; committedAtMs: number };

// An instance of the console, on which somebody flips a number again and again.
flagFeed();
const server = await serveApiWithFastLane();
const phoneNumberId = await aNumber();
const actor = await aPerson("support");
let acceptsBsuid = false;

answerQuestions({ url: () => server.url, flip });

async function flip(): Promise<Flip> {
  acceptsBsuid = !acceptsBsuid;
  const changes = [{ phoneNumberId, acceptsBsuid }];
  const { cursor } = await setFlags(actor, { changes, reason: "A benchmark flips it" });
  const committedAtMs = monotonicMs();
  return { revision: Number.parseInt(cursor, 10), committedAtMs };
}
