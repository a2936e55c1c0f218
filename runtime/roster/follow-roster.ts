import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyBaseLogger } from "fastify";
import { z } from "zod";
import type { NumberBook } from "../store/number-book.ts";
import type { RosterCursor } from "../store/roster-cursor.ts";

const EVERY_MS = 60_000;
const FIRST_BACKOFF_MS = 2_000;
const ANSWER_MS = 30_000;
const PAGE = 200;
/** Where reading starts: before the first number. */
const START = "0";

const pageSchema = z.object({
  items: z.array(
    z.object({
      phoneNumberId: z.string(),
      displayPhoneNumber: z.string(),
      portfolioId: z.string(),
      wabaId: z.string(),
      retiredAt: z.string().nullish(),
    }),
  ),
  nextCursor: z.string().min(1),
});

type Parts = {
  settings: { consoleUrl: string; rosterToken: string | null };
  numbers: NumberBook;
  cursor: RosterCursor;
  write: <Result>(work: () => Result) => Promise<Result>;
  log: FastifyBaseLogger;
  /** How often to ask, and how soon after the first failure; the defaults suit production. */
  timing?: { everyMs: number; firstBackoffMs: number };
};

type RosterStatus = {
  /** False without ROSTER_TOKEN. */
  isFollowed: boolean;
  /** Since when the roster cannot be read, and the latest reason; null while it can. */
  failure: { since: Date; why: string } | null;
};

export type RosterFollower = { status: () => RosterStatus; stop: () => void };

/**
 * With ROSTER_TOKEN, asks every minute what changed in the roster: which portfolio each number is in, and
 * which are retired. Without it, Meta has to refuse a BSUID of another portfolio. Whatever the answer, it
 * keeps what it knows and goes on asking.
 */
export function followRoster({ settings, timing, ...parts }: Parts): RosterFollower {
  const { consoleUrl, rosterToken } = settings;
  if (rosterToken === null)
    return { status: () => ({ isFollowed: false, failure: null }), stop: () => undefined };
  const { everyMs, firstBackoffMs } = timing ?? {
    everyMs: EVERY_MS,
    firstBackoffMs: FIRST_BACKOFF_MS,
  };
  const ending = new AbortController();
  const { signal } = ending;
  const address = `${consoleUrl.replace(/\/+$/, "")}/api/v1/numbers`;
  let failure: RosterStatus["failure"] = null;
  const follow = async () => {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await readOn(parts, { address, token: rosterToken, signal });
        if (failure) parts.log.info("the roster can be read again");
        failure = null;
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        failure = { since: failure?.since ?? new Date(), why: String(error) };
        // An unreachable console is a warning; a refusal, or an answer that is not the console's, needs a person.
        const level = error instanceof RefusedError ? "error" : "warn";
        parts.log[level](
          { why: explain(error) },
          "the roster cannot be read; it is asked for again",
        );
      }
      const limit = failures > 0 ? firstBackoffMs * 2 ** Math.min(failures - 1, 20) : everyMs;
      const waitMs = Math.min(limit, everyMs) * (0.5 + Math.random());
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  };
  void follow();
  return { status: () => ({ isFollowed: true, failure }), stop: () => ending.abort() };
}

type Source = { address: string; token: string; signal: AbortSignal };

/** Reads page by page, and stores each together with the cursor of the next one. */
async function readOn(
  { numbers, cursor, write }: Pick<Parts, "numbers" | "cursor" | "write">,
  source: Source,
): Promise<void> {
  for (let isMore = true; isMore; ) {
    const since = cursor.read() ?? START;
    const { items, nextCursor } = await readPage(since, source);
    await write(() => {
      for (const { retiredAt, ...number } of items)
        numbers.learn({ ...number, isRetired: typeof retiredAt === "string" });
      cursor.keep(nextCursor);
    });
    isMore = items.length === PAGE && nextCursor !== since;
  }
}

async function readPage(since: string, { address, token, signal }: Source) {
  const query = new URLSearchParams({ updatedSince: since, limit: String(PAGE) });
  const answer = await fetch(`${address}?${query}`, {
    headers: { authorization: `Bearer ${token}` },
    redirect: "manual",
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
  });
  if (answer.ok) return parsePage(await answer.text());
  await answer.body?.cancel();
  // The console does not know the cursor, which may be another console's or of an older backup: read everything.
  if (answer.status === 400 && since !== START)
    return await readPage(START, { address, token, signal });
  const why = `status ${answer.status}`;
  throw answer.status === 429 || answer.status >= 500 ? new Error(why) : new RefusedError(why);
}

/**
 * The reason of a failure, for the log only: it may contain addresses, and everybody can read /healthz. `fetch`
 * says only "fetch failed"; the reason is in the cause, which may have a code and no message.
 */
function explain(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  if (!(cause instanceof Error)) return String(error);
  return `${String(error)}: ${cause.message || (cause as NodeJS.ErrnoException).code}`;
}

/** There was an answer, but it was a refusal or not from the console. */
class RefusedError extends Error {
  override readonly name = "RefusedError";
}

function parsePage(text: string): z.output<typeof pageSchema> {
  try {
    return pageSchema.parse(JSON.parse(text));
  } catch {
    throw new RefusedError("the answer is not the console's");
  }
}
