import { RateLimiterMemory } from "rate-limiter-flexible";
import { AppError } from "../../errors.ts";
import { processSlot } from "../../process-slot.ts";

/**
 * The limit of wrong tokens from one address: far above what typing mistakes cause, far below what
 * guessing needs.
 */
export const TOKEN_GUESSES = { failures: 100, seconds: 10 } as const;

const slot = processSlot<RateLimiterMemory>("auth-failures");

function failures(): RateLimiterMemory {
  const { failures: points, seconds: duration } = TOKEN_GUESSES;
  slot.value ??= new RateLimiterMemory({ points, duration });
  return slot.value;
}

/**
 * Checks a token. A right one always passes, however many wrong ones came from its address, because
 * several programs may share an address. After too many wrong ones, a wrong one is told to wait instead
 * of what is wrong.
 *
 * @throws AppError RATE_LIMITED instead of UNAUTHENTICATED, after too many wrong ones
 */
export async function limitFailures<Result>(
  address: string | null,
  attempt: () => Promise<Result>,
): Promise<Result> {
  try {
    return await attempt();
  } catch (error) {
    const isWrong = error instanceof AppError && error.code === "UNAUTHENTICATED";
    if (isWrong && (await isBeyondLimit(address ?? "unknown"))) {
      throw new AppError(
        "RATE_LIMITED",
        "Too many wrong tokens came from this address, and this one is wrong, too. Wait ten seconds, then send the right one.",
      );
    }
    throw error;
  }
}

/** Counts one more wrong token, up to the limit, so that the block ends with the window. */
async function isBeyondLimit(key: string): Promise<boolean> {
  const count = await failures().get(key);
  if (count !== null && count.consumedPoints >= TOKEN_GUESSES.failures) return true;
  await failures().penalty(key);
  return false;
}
