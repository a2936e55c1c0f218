import { randomUUID } from "node:crypto";
import type { SystemActor } from "../../access/actor.ts";
import { db } from "../../db/client.ts";
import { databaseNow } from "../../db/database-clock.ts";
import { AppError } from "../../errors.ts";
import { decryptSecret } from "../secret/encrypt-secret.ts";
import { toWebhookHeaders } from "../secret/sign-webhook.ts";
import { switchOffEndpoint } from "../switch-off-endpoint.ts";
import { type Claim, releaseClaim } from "./claim.ts";
import { type Answer, postWebhook } from "./post-webhook.ts";
import { recordAttempt } from "./record-attempt.ts";

const GONE = 410;

/** A new actor for sending webhooks. */
export function newWebhookSender(): SystemActor {
  return {
    type: "system",
    id: "webhooks",
    name: "Webhooks",
    permissions: ["webhook:deliver", "number:read", "audit:read"],
    origin: { requestId: randomUUID(), channel: "schedule", ip: null, userAgent: null },
  };
}

/**
 * Sends what was claimed, and records what became of it. Killed in between, it is sent again under the same
 * id; ended by `signal`, it is given back.
 */
export async function attemptDelivery(claim: Claim, signal: AbortSignal): Promise<Answer | null> {
  const endpoint = await db().webhookEndpoint.findUnique({
    where: { id: claim.endpointId },
    include: { secrets: true },
  });
  if (!endpoint) return null;
  const beganAt = databaseNow();
  const start = performance.now();
  const secrets = endpoint.secrets
    .filter(({ endsAt }) => endsAt === null || endsAt > beganAt)
    .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
    .map(({ encrypted }) => decryptSecret(encrypted, endpoint.id));
  const answer = await send(endpoint.url, { claim, secrets, sentAt: beganAt, signal });
  if (answer.status === null && signal.aborted) {
    await releaseClaim(claim);
    return null;
  }
  const tookMs = Math.round(performance.now() - start);
  const isGone = answer.status === GONE;
  if (isGone) await switchOff(endpoint.id, "gone");
  const isFailing = await recordAttempt({ claim, answer, beganAt, tookMs });
  if (isFailing) await switchOff(endpoint.id, "failing");
  return answer;
}

type Sending = {
  claim: Claim;
  /** The newest first; null for one that cannot be read. */
  secrets: (string | null)[];
  sentAt: Date;
  signal: AbortSignal;
};

async function send(url: string, { claim, secrets, sentAt, signal }: Sending): Promise<Answer> {
  const [present] = secrets;
  // A former secret alone would deliver until its day is over, and then no more.
  if (!present) return { status: null, failure: "secret_lost", retryAfter: null };
  const body = toWebhookBody(claim);
  const readable = secrets.filter((secret) => secret !== null);
  const headers = toWebhookHeaders(readable, { id: claim.id, sentAt, body });
  return await postWebhook(url, { headers, body, signal });
}

/** Of the same bytes at every try. */
function toWebhookBody({ type, happenedAt, data }: Omit<Claim, "tries" | "leasedUntil">) {
  return JSON.stringify({ type, timestamp: happenedAt.toISOString(), data });
}

async function switchOff(endpointId: string, why: "gone" | "failing"): Promise<void> {
  try {
    await switchOffEndpoint(newWebhookSender(), { endpointId, why });
  } catch (error) {
    // Somebody deleted it meanwhile.
    if (!(error instanceof AppError && error.code === "NOT_FOUND")) throw error;
  }
}
