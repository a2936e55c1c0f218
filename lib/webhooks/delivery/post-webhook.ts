import { Agent, type Dispatcher, ProxyAgent, request } from "undici";
import { getConfig } from "../../config.ts";
import { guardedConnector } from "../guard/guarded-connector.ts";
import { readWebhookUrl } from "../guard/webhook-url.ts";
import { type Failure, toFailure } from "./failures.ts";

/** How long the receiver has for its answer, connecting included. */
const TIMEOUT_MS = 15_000;
/** Nothing of an answer is kept; so much of it is read, for receivers that want to send it. */
const MAX_ANSWER_BYTES = 64 * 1_024;
const USER_AGENT = "BSUID-Console-Webhooks/1";

/** What became of one attempt. */
export type Answer = {
  /** Null without an answer. */
  status: number | null;
  /** Null when it was delivered. */
  failure: Failure | null;
  /** The header, if there was one. */
  retryAfter: string | null;
};

type Post = {
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
  timeoutMs?: number;
};

/**
 * Posts a webhook over a connection of its own, to an allowed address, and never to where it is redirected.
 * The environment's proxy is not used, only that of the settings. Never throws.
 */
export async function postWebhook(
  url: string,
  { headers, body, signal, timeoutMs = TIMEOUT_MS }: Post,
): Promise<Answer> {
  const target = readWebhookUrl(url);
  if (!(target instanceof URL)) return { status: null, failure: "url_refused", retryAfter: null };
  const dispatcher = newDispatcher();
  const until = AbortSignal.any([AbortSignal.timeout(timeoutMs), signal]);
  try {
    const answering = request(target, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", "user-agent": USER_AGENT },
      body,
      dispatcher,
      signal: until,
    });
    const answer = await orAborted(answering, until);
    // The status says it all: what comes after it, or does not, changes nothing.
    await answer.body.dump({ limit: MAX_ANSWER_BYTES, signal: until }).catch(() => {});
    return toAnswer(answer);
  } catch (error) {
    return { status: null, failure: toFailure(error), retryAfter: null };
  } finally {
    // Not awaited: a connection that is still being made ends only with its own timeout.
    void dispatcher.destroy();
  }
}

/** Undici does not heed a signal while it connects. */
async function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
    work.catch(() => {});
  }
}

function toAnswer({ statusCode, headers }: Dispatcher.ResponseData): Answer {
  const isDelivered = statusCode >= 200 && statusCode < 300;
  const [retryAfter = null] = [headers["retry-after"] ?? []].flat();
  return { status: statusCode, failure: isDelivered ? null : "status", retryAfter };
}

function newDispatcher(): Dispatcher {
  const { proxy } = getConfig().webhooks;
  const limits = { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS };
  if (proxy) return new ProxyAgent({ ...limits, uri: proxy, requestTls: { timeout: TIMEOUT_MS } });
  return new Agent({ ...limits, connect: guardedConnector({ timeoutMs: TIMEOUT_MS }) });
}
