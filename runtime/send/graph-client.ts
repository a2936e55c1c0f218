import { z } from "zod";

const ANSWER_MS = 20_000;

const accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });
const refused = z.object({
  error: z.object({
    code: z.number(),
    message: z.string().optional(),
    error_data: z.object({ details: z.string().optional() }).optional(),
  }),
});

/** What Meta answered. `away`: it did not, or could not; the message may have been sent all the same. */
export type GraphAnswer =
  | { kind: "accepted"; messageId: string }
  | { kind: "refused"; metaCode: number; reason: string }
  | { kind: "busy"; retryAfterSeconds: number }
  | { kind: "away"; why: string };

/** Meta's API, with its version in the address, or a gateway that speaks the same. */
export type Graph = { url: string; token: string | null };

/** `POST {phone_number_id}/messages` of Meta's Cloud API. Never throws. */
export async function postMessage(
  graph: Graph,
  { from, body }: { from: string; body: object },
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
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return toAnswer(response, await response.json().catch(() => null));
  } catch (error) {
    return { kind: "away", why: (error as Error).name };
  }
}

function toAnswer(response: Response, body: unknown): GraphAnswer {
  const [message] = accepted.safeParse(body).data?.messages ?? [];
  if (response.ok && message) return { kind: "accepted", messageId: message.id };
  if (response.status === 429) return { kind: "busy", retryAfterSeconds: readRetryAfter(response) };
  const error = refused.safeParse(body).data?.error;
  if (response.status < 500 && error) {
    const reason = error.error_data?.details ?? error.message ?? "Meta gave no reason.";
    return { kind: "refused", metaCode: error.code, reason };
  }
  return { kind: "away", why: `status ${response.status}` };
}

function readRetryAfter({ headers }: Response): number {
  const seconds = Number(headers.get("retry-after"));
  return Number.isInteger(seconds) && seconds > 0 ? seconds : 5;
}
