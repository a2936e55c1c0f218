import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { answerQuestions } from "../harness/answer-questions.ts";
import { monotonicMs } from "../harness/monotonic-ms.ts";

export type Streams = { url: string; token: string; count: number };

/** The revision at the beginning of an event's id. */
const EVENT_ID = /^id: ([0-9]+)\./m;

/** When each revision reached the measured client, by the machine's monotonic clock. */
const seenAtMs = new Map<number, number>();

// Stream clients in a process of their own: one is measured, the others are load.
answerQuestions({ open, seenAtMs: ({ revision }: { revision: number }) => seenAtMs.get(revision) });

async function open({ url, token, count }: Streams): Promise<void> {
  const answers = await Promise.all(Array.from({ length: count }, () => openOne(url, token)));
  for (const answer of answers) answer.resume();
  const measured = await openOne(url, token);
  let text = "";
  measured.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const revision = EVENT_ID.exec(text.slice(0, end))?.[1];
      if (revision !== undefined) seenAtMs.set(Number(revision), monotonicMs());
      text = text.slice(end + 2);
    }
  });
}

async function openOne(url: string, token: string): Promise<IncomingMessage> {
  const request = get(`${url}/api/v1/flags/stream`, {
    headers: { authorization: `Bearer ${token}` },
    agent: false,
  });
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`The stream was answered ${answer.statusCode}.`);
  return answer;
}
