import type { FastifyInstance } from "fastify";
import type { Store } from "../store/store.ts";
import { ConnectlyError } from "./connectly-error.ts";

const DEFAULT = 50;
const MOST = 500;

/** `GET /deliveries?limit=`: what became of the latest messages and statuses, newest first. */
export async function deliveriesRoute(
  app: FastifyInstance,
  { store }: { store: Store },
): Promise<void> {
  app.get("/deliveries", async (request) => {
    const { limit } = request.query as Record<string, unknown>;
    return { items: store.listDeliveries(readLimit(limit)) };
  });
}

function readLimit(given: unknown): number {
  if (given === undefined) return DEFAULT;
  const limit = typeof given === "string" && /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (limit >= 1) return Math.min(limit, MOST);
  throw new ConnectlyError("INVALID", `limit has to be a whole number from 1 to ${MOST}.`);
}
