import type { Actor } from "../../../access/actor.ts";
import { UnprocessableError } from "../../../errors.ts";
import { type Problem, toProblem } from "../problem.ts";
import { type Reply, toResponse } from "../reply.ts";
import { toAppError } from "../to-app-error.ts";
import { RequestAnswerKeeper } from "./answer-keeper.ts";
import {
  findKeptAnswer,
  hashRequest,
  type KeptAnswer,
  type KeyedRequest,
  keepAnswer,
} from "./kept-answer.ts";
import { inKeyTurn } from "./key-turns.ts";
import { readIdempotencyKey } from "./read-key.ts";

/** When an answer is kept; see `isKept` of an operation. */
export type KeptWhen = "with-change" | "after" | "after-sending";

type Asked<Result> = {
  request: Request;
  requestId: string;
  actor: Actor;
  /** The body as it was sent. */
  text: string;
  /** Makes the change as this actor, who is the one above. */
  change: (actor: Actor) => Promise<Result>;
  toReply: (result: Result) => Reply;
  isKept?: KeptWhen | undefined;
};

/**
 * Answers a request that may have an Idempotency-Key: then it is carried out once, the answer is kept with the
 * change, and given to every later one. Refusals are kept, too, but those for want of access (401, 403), and
 * nothing is kept of a failure (429, 5xx). See docs/decisions/0039-answers-are-kept-with-the-change.md.
 *
 * @throws AppError CONFLICT while the first one is being carried out, INVALID_INPUT for another request
 */
export async function answerOnce<Result>(asked: Asked<Result>): Promise<Response> {
  const { request, actor, text, change, toReply } = asked;
  const key = readIdempotencyKey(request);
  if (key === null || actor.type !== "person") return toResponse(toReply(await change(actor)));
  const route = `${request.method} ${new URL(request.url).pathname}`;
  const keyed = { personId: actor.id, route, key, bodyHash: hashRequest(request, text) };
  const answer = async () => {
    const kept = await findKeptAnswer(keyed);
    return kept ? replay(kept, keyed) : await applyChange(asked, keyed);
  };
  const isLocal = asked.isKept === "after-sending";
  return await inKeyTurn(JSON.stringify([actor.id, route, key]), answer, { isLocal });
}

async function applyChange<Result>(asked: Asked<Result>, keyed: KeyedRequest): Promise<Response> {
  const { actor, requestId, change, toReply } = asked;
  const answerKeeper = new RequestAnswerKeeper(keyed, toReply);
  try {
    const isKeptWithChange = (asked.isKept ?? "with-change") === "with-change";
    const origin = isKeptWithChange ? { ...actor.origin, answerKeeper } : actor.origin;
    const result = await change({ ...actor, origin });
    const reply = toReply(result);
    if (answerKeeper.hasKeptFor(result)) return toResponse(reply);
    return await keep(keyed, reply, { isReplaced: answerKeeper.hasKept });
  } catch (error) {
    // The change may have been made all the same: here, or by another instance had this one lost its turn.
    const kept = await findKeptAnswer(keyed);
    if (kept) return replay(kept, keyed);
    const refusal = toAppError(error, requestId);
    const problem = toProblem(refusal, { requestId });
    if (!isKept(problem.status)) throw refusal;
    return await keep(keyed, toProblemReply(problem), { isReplaced: false });
  }
}

/** Answers, and keeps the answer, unless another instance was faster. */
async function keep(
  request: KeyedRequest,
  reply: Reply,
  options: { isReplaced: boolean },
): Promise<Response> {
  if (await keepAnswer(request, reply, options)) return toResponse(reply);
  const kept = await findKeptAnswer(request);
  return kept ? replay(kept, request) : toResponse(reply);
}

const NOT_KEPT = [401, 403, 429];

function isKept(status: number): boolean {
  return status < 500 && !NOT_KEPT.includes(status);
}

function toProblemReply(problem: Problem): Reply {
  const headers = { "content-type": "application/problem+json" };
  return { status: problem.status, body: problem, headers };
}

function replay(kept: KeptAnswer, request: KeyedRequest): Response {
  if (kept.bodyHash !== request.bodyHash) throw toReusedKey();
  const headers = { ...kept.headers, "idempotency-replayed": "true" };
  const type = { "content-type": "application/json" };
  return new Response(kept.body, { status: kept.status, headers: { ...type, ...headers } });
}

function toReusedKey(): UnprocessableError {
  const message =
    "This Idempotency-Key was used with another body, If-Match or Prefer. Send that request again, or take a new key.";
  return new UnprocessableError(message, [{ path: "Idempotency-Key", message }]);
}
