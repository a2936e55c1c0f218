import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { FlagClient } from "#sdk/flag-client.ts";
import { RequestError } from "../errors/request-error.ts";
import { isSignedByMeta } from "../receive/meta-signature.ts";
import type { OvertakingStatuses } from "../receive/overtaking-statuses.ts";
import type { PayloadTally } from "../receive/payload-tally.ts";
import { receivePayload } from "../receive/receive-payload.ts";
import type { Store } from "../store/store.ts";
import { type AnswerError, toOwnError } from "./answer-error.ts";
import { parseJson } from "./parse-json.ts";
import { isSameSecret } from "./same-secret.ts";

/** Meta's own limit for a payload: 3 MB. */
const MAX_BYTES = 3 * 1024 * 1024;
const PATH = "/meta/webhook";

export type MetaParts = {
  meta: { verifyToken: string | null; appSecret: string | null };
  flags: FlagClient;
  store: Store;
  log: FastifyBaseLogger;
  statuses: OvertakingStatuses;
  tally: PayloadTally;
};

/** The routes that Meta calls: the check that the address is ours, and the payloads. */
export async function metaRoutes(
  app: FastifyInstance,
  { answerError, ...parts }: MetaParts & { answerError: AnswerError },
): Promise<void> {
  const { tally } = parts;
  // Meta repeats a refused payload for a week and then gives up, so refusals are logged and counted.
  app.setErrorHandler((thrown, request, reply) => {
    answerError(thrown, request, reply);
    const why = toOwnError(thrown).message;
    if (request.method === "GET") return tally.logFailedVerification(why);
    const { "content-length": contentLength, "content-type": contentType } = request.headers;
    tally.countRefused(reply.statusCode, why, { contentLength, contentType });
  });
  app.get(PATH, async (request, reply) => {
    const query = request.query as Record<string, unknown>;
    return reply.type("text/plain").send(verify(query, parts.meta.verifyToken));
  });
  app.post(PATH, { bodyLimit: MAX_BYTES }, async (request, reply) => {
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { appSecret } = parts.meta;
    const header = request.headers["x-hub-signature-256"]?.toString();
    if (appSecret !== null && !isSignedByMeta(raw, { header, appSecret })) {
      const what = header === undefined ? "is missing" : "is not of this payload";
      throw new RequestError("UNAUTHENTICATED", `X-Hub-Signature-256 ${what}.`);
    }
    requireFlags(parts.flags);
    tally.countTaken(await receivePayload(parseJson(raw), parts));
    return reply.send();
  });
}

/** Meta's check before it sends anything: returns the challenge if the verify token is ours. */
function verify(query: Record<string, unknown>, verifyToken: string | null): string {
  const token = query["hub.verify_token"];
  const isMeta =
    query["hub.mode"] === "subscribe" &&
    verifyToken !== null &&
    typeof token === "string" &&
    isSameSecret(token, verifyToken);
  if (!isMeta) throw new RequestError("FORBIDDEN", "hub.verify_token is not META_VERIFY_TOKEN.");
  return String(query["hub.challenge"] ?? "");
}

/** Refuses without flags: every phone-less customer would be dropped for good, while Meta repeats for a week. */
function requireFlags(flags: FlagClient): void {
  if (flags.status().cursor !== null) return;
  throw new RequestError(
    "UNAVAILABLE",
    "This runtime has no flags yet: the console has not answered since it was installed. Send again.",
  );
}
