import Fastify, { type FastifyInstance } from "fastify";
import { RequestError } from "../errors/request-error.ts";
import type { RosterFollower } from "../roster/follow-roster.ts";
import type { SendParts } from "../send/prepare-send.ts";
import { answerErrors } from "./answer-error.ts";
import { deliveriesRoute } from "./deliveries-route.ts";
import { type MetaParts, metaRoutes } from "./meta-routes.ts";
import { requireApiKey } from "./require-api-key.ts";
import { sendRoutes } from "./send-routes.ts";

export type ServerParts = MetaParts &
  SendParts & {
    roster: Pick<RosterFollower, "status">;
    apiKey: string;
    businessId: string;
  };

const REQUEST_MS = 30_000;

/** The runtime's HTTP server, not listening yet. A request may take `requestMs` to arrive. */
export function createServer(
  parts: ServerParts,
  { requestMs = REQUEST_MS }: { requestMs?: number } = {},
): FastifyInstance {
  const answerError = answerErrors(parts.log);
  // Without Fastify's logger: addresses and bodies contain customers' ids.
  const app = Fastify({
    forceCloseConnections: "idle",
    // Requests while the server closes are answered below, with a message.
    return503OnClosing: false,
    // A request that arrives byte by byte must not hold its connection without end. If the head's limit is
    // above the whole request's, Node swaps the two.
    requestTimeout: requestMs,
    http: { headersTimeout: requestMs, connectionsCheckingInterval: requestMs / 10 },
    frameworkErrors: answerError,
  });
  // Signatures cover the raw bytes, so each route parses its body itself.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_, body, done) =>
    done(null, body),
  );
  closeConnections(app, parts.closing);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => {
    answerError(new RequestError("NOT_FOUND", "There is nothing here."), request, reply);
  });
  app.get("/healthz", async () => describeHealth(parts));
  app.register(metaRoutes, { ...parts, answerError });
  app.register(async (guarded) => {
    guarded.addHook("onRequest", requireApiKey(parts.apiKey));
    guarded.register(deliveriesRoute, parts);
    const prefix = "/v1/businesses/:businessId/send";
    guarded.register(sendRoutes, { ...parts, prefix });
  });
  return app;
}

/** Closes each connection after its answer while the server closes: a kept one would delay the end. */
function closeConnections(app: FastifyInstance, closing: AbortSignal): void {
  app.addHook("onRequest", async () => {
    if (closing.aborted) {
      throw new RequestError("UNAVAILABLE", "This runtime is stopping. Send the request again.");
    }
  });
  app.addHook("onSend", async (_, reply) => {
    if (closing.aborted) reply.header("connection", "close");
  });
}

/**
 * Whether the flags are fresh, and which requests are refused; for people. The status is always 200: a runtime
 * with old flags is better than none.
 */
function describeHealth({ flags, roster, tally }: ServerParts): object {
  const { mode, cursor, stale, refused } = flags.status();
  const health = {
    flags: { mode, cursor, stale: stale?.reason ?? null },
    refused: refused.map(({ what, since, code, status }) => ({ what, since, code, status })),
    roster: roster.status(),
    payloads: tally.counts(),
  };
  const isWell =
    stale === null && cursor !== null && refused.length === 0 && !health.roster.failure;
  return { status: isWell ? "ok" : "degraded", ...health };
}
