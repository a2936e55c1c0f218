import { RateLimiterMemory } from "rate-limiter-flexible";
import { AppError } from "../errors.ts";

/** Wrong tokens from one address; far above what a slip makes, far below what a guess needs. */
export const TOKEN_GUESSES = { failures: 100, seconds: 10 } as const;

/** Next bundles its own copy of lib/; one slot on the process keeps one count. */
const slot = Symbol.for("bsuid-console.auth-failures");
const holder = globalThis as { [slot]?: RateLimiterMemory };

function failures(): RateLimiterMemory {
  const { failures: points, seconds: duration } = TOKEN_GUESSES;
  holder[slot] ??= new RateLimiterMemory({ points, duration });
  return holder[slot];
}

/**
 * Tries a token, unless too many from this address were wrong lately. Only tokens that have to
 * be looked up come here, so that callers already known go on meanwhile.
 *
 * @throws AppError RATE_LIMITED
 */
export async function limitFailures<Result>(
  address: string | null,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const key = address ?? "unknown";
  const count = await failures().get(key);
  if (count !== null && count.consumedPoints >= TOKEN_GUESSES.failures) {
    throw new AppError(
      "RATE_LIMITED",
      "Too many wrong tokens came from this address. Wait ten seconds, then send the right one.",
    );
  }
  try {
    return await attempt();
  } catch (error) {
    const isWrong = error instanceof AppError && error.code === "UNAUTHENTICATED";
    if (isWrong) await failures().penalty(key);
    throw error;
  }
}
