import type { FastifyInstance } from "fastify";
import { RequestError } from "../errors/request-error.ts";
import type { Store } from "../store/store.ts";

const DEFAULT = 50;
const MAX = 500;

/** Meta's ids have some hundred characters. */
const MAX_ID = 4_000;

/** `GET /deliveries?limit=&messageId=`: the results of the latest messages and statuses, newest first. */
export async function deliveriesRoute(
  app: FastifyInstance,
  { store }: { store: Store },
): Promise<void> {
  app.get("/deliveries", async (request) => {
    const { limit, messageId, ...others } = request.query as Record<string, unknown>;
    refuseOthers(Object.keys(others));
    return {
      items: store.listDeliveries({ limit: readLimit(limit), ...readMessageId(messageId) }),
    };
  });
}

function readLimit(given: unknown): number {
  if (given === undefined) return DEFAULT;
  const limit = typeof given === "string" && /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (limit >= 1) return Math.min(limit, MAX);
  throw new RequestError("INVALID", `limit has to be a whole number from 1 to ${MAX}.`);
}

/** Refuses unknown parameters: a mistyped name would otherwise list all deliveries as if they matched. */
function refuseOthers([name]: string[]): void {
  if (name === undefined) return;
  throw new RequestError(
    "INVALID",
    `There is no parameter ${name}. There are limit and messageId.`,
  );
}

/** The message id. A `+` of base64 that was not escaped arrives as a blank. */
function readMessageId(given: unknown): { messageId?: string } {
  if (given === undefined) return {};
  if (typeof given === "string" && given !== "" && given.length <= MAX_ID) {
    return { messageId: given.replaceAll(" ", "+") };
  }
  throw new RequestError("INVALID", "messageId has to be a message's id, given once.");
}
