import { z } from "zod";
import { isFailure, isThrottling, toWaitSeconds } from "./throttling.ts";

const ANSWER_MS = 20_000;

const accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });
const refused = z.object({
  error: z.object({
    code: z.union([z.number(), z.string().regex(/^\d{1,9}$/)]).transform(Number),
    message: z.string().optional().catch(undefined),
    error_data: z
      .object({ details: z.string().optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
});

/** Meta's answer. `away`: there was none, or a failure of Meta's; the message may have been sent anyway. */
export type GraphAnswer =
  | { kind: "accepted"; messageId: string }
  | { kind: "refused"; metaCode: number; reason: string }
  | { kind: "busy"; retryAfterSeconds: number; metaCode: number | null; reason: string | null }
  | { kind: "away"; why: string; retryAfterSeconds: number | null; metaCode: number | null };

/** Meta's API, with its version in the address, or a gateway with the same API. */
export type Graph = { url: string; token: string | null };

/** `POST {phone_number_id}/messages` of Meta's Cloud API, until `ending` aborts. Never throws. */
export async function postMessage(
  graph: Graph,
  { from, body }: { from: string; body: object },
  ending: AbortSignal,
): Promise<GraphAnswer> {
  try {
    const response = await fetch(`${graph.url}/${encodeURIComponent(from)}/messages`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(graph.token === null ? {} : { authorization: `Bearer ${graph.token}` }),
      },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.any([ending, AbortSignal.timeout(ANSWER_MS)]),
    });
    return toAnswer(response, await response.json().catch(() => null));
  } catch (error) {
    const unknown = { retryAfterSeconds: null, metaCode: null };
    return { kind: "away", why: (error as Error).name, ...unknown };
  }
}

/** Looks at the code first: Meta throttles with 400 and 403 as well as 429, and gateways answer 200 with an error. */
function toAnswer(response: Response, body: unknown): GraphAnswer {
  const [message] = accepted.safeParse(body).data?.messages ?? [];
  if (response.ok && message) return { kind: "accepted", messageId: message.id };
  const error = refused.safeParse(body).data?.error;
  const reason = error?.error_data?.details ?? error?.message ?? null;
  if (response.status === 429 || (error && isThrottling(error.code))) {
    const metaCode = error?.code ?? null;
    const retryAfterSeconds = toWaitSeconds(metaCode, response.headers.get("retry-after"));
    return { kind: "busy", retryAfterSeconds, metaCode, reason };
  }
  if (response.status < 500 && error && !isFailure(error.code)) {
    return { kind: "refused", metaCode: error.code, reason: reason ?? "Meta gave no reason." };
  }
  const code = error ? `, code ${error.code}${reason === null ? "" : `: ${reason}`}` : "";
  const retryAfter = response.headers.get("retry-after");
  // Without either it is unknown whether waiting helps.
  const isPassing = retryAfter !== null || (error && isFailure(error.code));
  return {
    kind: "away",
    why: `status ${response.status}${code}`,
    retryAfterSeconds: isPassing ? toWaitSeconds(error?.code ?? null, retryAfter) : null,
    metaCode: error?.code ?? null,
  };
}
