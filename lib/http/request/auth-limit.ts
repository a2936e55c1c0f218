import { RateLimiterMemory } from "rate-limiter-flexible";
import { AppError } from "../../errors.ts";
import { processSlot } from "../../process-slot.ts";

/** Wrong tokens from one address; far above what a slip makes, far below what a guess needs. */
export const TOKEN_GUESSES = { failures: 100, seconds: 10 } as const;

const slot = processSlot<RateLimiterMemory>("auth-failures");

function failures(): RateLimiterMemory {
  const { failures: points, seconds: duration } = TOKEN_GUESSES;
  slot.value ??= new RateLimiterMemory({ points, duration });
  return slot.value;
}

/**
 * Tries a token. A right one always passes, however many wrong ones came from its address: programs
 * behind one address depend on nobody else there. Of wrong ones, too many are answered with a wait, and
 * no longer with what is wrong about them.
 *
 * @throws AppError RATE_LIMITED in place of UNAUTHENTICATED, after too many wrong ones
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

/** Counts one more wrong token, up to the limit: who goes on is let off when the window ends. */
async function isBeyondLimit(key: string): Promise<boolean> {
  const count = await failures().get(key);
  if (count !== null && count.consumedPoints >= TOKEN_GUESSES.failures) return true;
  await failures().penalty(key);
  return false;
}
