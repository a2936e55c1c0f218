import { setFlags } from "#lib/flags/set-flags.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { answerQuestions } from "../harness/answer-questions.ts";
import { monotonicMs } from "../harness/monotonic-ms.ts";

export type Flip = { revision: number; committedAtMs: number; tookMs: number };

// The instance on which a number is flipped again and again. It does not follow flags itself:
// setFlags would wait until it has the flip, and the commit would look later than it was.
const phoneNumberId = await aNumber();
const actor = await aPerson("support");
let acceptsBsuid = false;

answerQuestions({ flip });

async function flip(): Promise<Flip> {
  acceptsBsuid = !acceptsBsuid;
  const changes = [{ phoneNumberId, acceptsBsuid }];
  const askedAtMs = monotonicMs();
  const { cursor } = await setFlags(actor, { changes, reason: "A benchmark flips it" });
  const committedAtMs = monotonicMs();
  const tookMs = committedAtMs - askedAtMs;
  return { revision: Number.parseInt(cursor, 10), committedAtMs, tookMs };
}
