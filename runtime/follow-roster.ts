import type { FastifyBaseLogger } from "fastify";
import { z } from "zod";
import type { Settings } from "./settings.ts";
import type { NumberBook } from "./store/number-book.ts";

const EVERY_MS = 600_000;
const AGAIN_AFTER_FAILURE_MS = 15_000;
const ANSWER_MS = 30_000;

const page = z.object({
  items: z.array(
    z.object({
      phoneNumberId: z.string(),
      displayPhoneNumber: z.string(),
      portfolioId: z.string(),
      wabaId: z.string(),
      retiredAt: z.string().nullish(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

type Parts = {
  settings: Pick<Settings, "consoleUrl" | "rosterToken">;
  numbers: NumberBook;
  write: <Result>(work: () => Result) => Promise<Result>;
  log: FastifyBaseLogger;
};

/**
 * With ROSTER_TOKEN, learns every ten minutes which portfolio each number is in, and which are retired; without, a BSUID of
 * another portfolio is left for Meta to refuse. Returns what stops it.
 */
export function followRoster({ settings, numbers, write, log }: Parts): () => void {
  const { rosterToken, consoleUrl } = settings;
  if (rosterToken === null) return () => undefined;
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const refresh = async () => {
    let waitMs = EVERY_MS;
    try {
      for await (const items of readPages({ consoleUrl, rosterToken, signal: ending.signal }))
        await write(() => {
          for (const { retiredAt, ...number } of items)
            numbers.learn({ ...number, isRetired: typeof retiredAt === "string" });
        });
    } catch (error) {
      waitMs = AGAIN_AFTER_FAILURE_MS;
      if (!ending.signal.aborted) log.warn({ why: String(error) }, "the roster cannot be read");
    }
    if (!ending.signal.aborted) timer = setTimeout(refresh, waitMs);
  };
  void refresh();
  return () => {
    ending.abort();
    clearTimeout(timer);
  };
}

async function* readPages(options: {
  consoleUrl: string;
  rosterToken: string;
  signal: AbortSignal;
}) {
  const { consoleUrl, rosterToken, signal } = options;
  let cursor: string | null = "";
  while (cursor !== null) {
    const query = new URLSearchParams({ limit: "200", ...(cursor ? { cursor } : {}) });
    const answer = await fetch(`${consoleUrl.replace(/\/+$/, "")}/api/v1/numbers?${query}`, {
      headers: { authorization: `Bearer ${rosterToken}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const { items, nextCursor } = page.parse(await answer.json());
    yield items;
    cursor = nextCursor;
  }
}
