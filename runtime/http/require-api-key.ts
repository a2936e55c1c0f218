import type { FastifyRequest } from "fastify";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { RequestError } from "../errors/request-error.ts";
import { isSameSecret } from "./same-secret.ts";

/** Connectly's limit of its API. */
const REQUESTS_A_SECOND = 200;
/** Wrong keys from one address: more than a mistake causes, far fewer than guessing needs. */
const FAILURES_A_SECOND = 20;

/** Makes the hook that requires the API key and allows 200 requests a second. @throws RequestError */
export function requireApiKey(apiKey: string): (request: FastifyRequest) => Promise<void> {
  const requests = new RateLimiterMemory({ points: REQUESTS_A_SECOND, duration: 1 });
  const failures = new RateLimiterMemory({ points: FAILURES_A_SECOND, duration: 1 });
  return async (request) => {
    const given = request.headers["x-api-key"]?.toString() ?? "";
    if (isSameSecret(given, apiKey)) return await consume(requests, "key");
    await consume(failures, request.ip);
    throw new RequestError("UNAUTHENTICATED", "X-API-Key is missing or wrong.");
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
    throw new RequestError(
      "RATE_LIMITED",
      `More than ${limiter.points} requests came within a second. Wait, then go on.`,
      { retryAfterSeconds },
    );
  }
}
