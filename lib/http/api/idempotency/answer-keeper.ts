import type { AnswerKeeper } from "../../../access/actor.ts";
import type { Prisma } from "../../../db/generated/client.ts";
import type { Reply } from "../reply.ts";
import { type KeyedRequest, toInsert } from "./kept-answer.ts";

/** Keeps the answer of one request in the first transaction of its change. */
export class RequestAnswerKeeper implements AnswerKeeper {
  readonly #request: KeyedRequest;
  readonly #toReply: (result: never) => Reply;
  #committed: { result: unknown } | null = null;

  /** @param toReply the answer to the verb's result, which has to be its transaction's, too */
  constructor(request: KeyedRequest, toReply: (result: never) => Reply) {
    this.#request = request;
    this.#toReply = toReply;
  }

  toInsert(result: unknown): Prisma.Sql | null {
    if (this.#committed) return null;
    const reply = this.#tryReply(result);
    return reply && toInsert(this.#request, reply);
  }

  confirm(result: unknown): void {
    if (this.#tryReply(result)) this.#committed ??= { result };
  }

  /** Whether any answer was kept. */
  get hasKept(): boolean {
    return this.#committed !== null;
  }

  /** Whether the answer to this result was kept. */
  hasKeptFor(result: unknown): boolean {
    return this.#committed !== null && this.#committed.result === result;
  }

  /** Null for another transaction's result, of another form: the answer is kept after the change then. */
  #tryReply(result: unknown): Reply | null {
    if (result === null || result === undefined) return null;
    try {
      return this.#toReply(result as never);
    } catch {
      return null;
    }
  }
}
