import { z } from "zod";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import type { Permission } from "../../access/permissions.ts";
import { parseInput } from "../../parse-input.ts";
import {
  authenticateRequest,
  type TokenCheck,
  toAbortSignal,
} from "../request/authenticate-request.ts";
import { parseJson } from "../request/body/parse-json.ts";
import { readJson, readJsonText } from "../request/body/read-json.ts";
import { readQuery } from "../request/read-query.ts";
import { answerOnce, type KeptWhen } from "./idempotency/answer-once.ts";
import type { Reply } from "./reply.ts";

type ContentType = "text/event-stream" | "text/plain" | "text/csv" | "application/x-ndjson";

/** The documentation of an operation; most of it also validates requests. */
export type OperationDoc = {
  operationId: string;
  summary: string;
  description?: string;
  tag:
    | "Flags"
    | "OpenFeature"
    | "Numbers"
    | "Accounts"
    | "Requests"
    | "Batches"
    | "Webhooks"
    | "Schedules"
    | "Audit"
    | "Roster"
    | "Runtimes"
    | "Service";
  /** Null for an operation that is open to everybody. */
  access: Permission | null;
  /** Accepts the token as `X-API-Key`, too. */
  takesApiKey?: boolean;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Request headers; read by the operation itself. */
  headers?: z.ZodObject;
  requestBody?: Readonly<Record<string, z.ZodType>>;
  /** The body may be left out: it is undefined then. */
  isBodyOptional?: boolean;
  /** The body of a 200, or of a 201; without a schema there is none. */
  response: {
    status?: 201 | 204;
    description: string;
    schema?: z.ZodType;
    headers?: z.ZodObject;
    /** JSON by default. */
    contentType?: ContentType | readonly ContentType[];
  };
  /** A 202, for an operation that may answer one. Its body is by default that of a 200. */
  accepted?: { description: string; schema?: z.ZodType };
  /** Takes an Idempotency-Key. */
  isIdempotent?: boolean;
  /** The body of a 503 that is not a problem. */
  unavailable?: { description: string; schema: z.ZodType };
  /** Whether it answers 304 to a matching If-None-Match. */
  isConditional?: boolean;
  /** The schema of errors, where they are not problems. */
  failure?: z.ZodType;
  /** Problem statuses besides those of every operation. */
  problems?: readonly number[];
};

export type RouteContext = { params: Readonly<Record<string, unknown>> };

/** One method of a route. `run` may throw: the route turns the error into an answer. */
export type Operation = {
  doc: OperationDoc;
  run: (request: Request, context: RouteContext, requestId: string) => Promise<Response>;
};

/** What an operation gets: the actor, and a request that has passed its schemas. */
type Call<Params, Query, Body> = {
  actor: Actor;
  request: Request;
  params: Params;
  query: Query;
  body: Body;
  /** For long answers: aborts when the client leaves, or its remembered token ends. */
  until: AbortSignal;
  /** Authenticates again. Throws when the actor's access has ended meanwhile. */
  reauthenticate: () => Promise<Actor>;
};

type OperationSpec<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R> = Omit<
  OperationDoc,
  "params" | "query" | "access" | "isIdempotent"
> & {
  access: Permission;
  params?: P;
  query?: Q;
  /** How the token is checked: `remembered` (lib/tokens/token-memory.ts) is for the runtime's routes. */
  tokens?: TokenCheck;
  /** For callers that add their own parameters, or those of a later version. */
  isUnknownQueryIgnored?: boolean;
  /** A JSON body. Other bodies are described by `requestBody` and read by `answer`. */
  body?: B;
} & Answering<Call<z.output<P>, z.input<Q>, z.output<B>>, R>;

/** How an operation answers. */
type Answering<C, R> =
  | { isIdempotent?: false; answer: (call: C) => Promise<Response> }
  | {
      /** Takes an Idempotency-Key: is carried out once, and answers every time as the first time. */
      isIdempotent: true;
      /**
       * Calls one verb. The answer is kept in the transaction of the change if the verb returns what its
       * transaction returned, that very object.
       */
      change: (call: C) => Promise<R>;
      /**
       * When the answer is kept: with the change by default. `after` it where the answer needs more than the
       * transaction's result; `after-sending` where something is sent out meanwhile, too, so that no connection
       * to the database is held: such calls with one key take turns on one instance only.
       */
      isKept?: KeptWhen;
      /** The answer to what `change` returned. A field named `secret` is answered once, and kept as null. */
      toReply: (result: R) => Reply;
    };

const NOTHING = z.object({});
type Nothing = typeof NOTHING;

/**
 * An operation that takes a token. It checks who asks, then whether they may, and only then what they
 * sent, so that a stranger learns nothing about it.
 */
export function operation<
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = z.ZodUndefined,
  R = never,
>(spec: OperationSpec<P, Q, B, R>): Operation {
  const { body, tokens = "current", isUnknownQueryIgnored = false, isBodyOptional = false } = spec;
  const credentials = { tokens, takesApiKey: spec.takesApiKey ?? false };
  const params = spec.params ?? NOTHING;
  const query = spec.query ?? NOTHING;
  return {
    doc: toDoc(spec),
    run: async (request, context, requestId) => {
      const reauthenticate = async () => {
        const actor = await authenticateRequest(request, { requestId, ...credentials });
        authorize(actor, spec.access);
        return actor;
      };
      const actor = await reauthenticate();
      const toCall = (actor: Actor, sent: unknown) => ({
        actor,
        reauthenticate,
        until: tokens === "remembered" ? toAbortSignal(request, credentials) : request.signal,
        request,
        params: parseInput(params, context.params) as z.output<P>,
        query: readQuery(request, query, { isUnknownIgnored: isUnknownQueryIgnored }) as z.input<Q>,
        body: (body ? parseInput(body, sent) : undefined) as z.output<B>,
      });
      if (!spec.isIdempotent) {
        return await spec.answer(toCall(actor, body && (await readJson(request))));
      }
      const { change, toReply, isKept } = spec;
      const hasBody = body && !(isBodyOptional && !request.headers.has("content-type"));
      const text = hasBody ? await readJsonText(request) : "";
      const isLeftOut = isBodyOptional && text === "";
      return await answerOnce({
        ...{ request, requestId, actor, text, toReply, isKept },
        change: (keyed) => change(toCall(keyed, body && !isLeftOut ? parseJson(text) : undefined)),
      });
    },
  };
}

function toDoc<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R>(
  spec: OperationSpec<P, Q, B, R>,
): OperationDoc {
  const { body, tokens, isUnknownQueryIgnored, ...doc } = spec;
  return body ? { ...doc, requestBody: { "application/json": body } } : doc;
}

/** An operation for everybody, with or without a token. */
export function openOperation(
  doc: Omit<OperationDoc, "access">,
  answer: () => Promise<Response>,
): Operation {
  return { doc: { ...doc, access: null }, run: answer };
}
