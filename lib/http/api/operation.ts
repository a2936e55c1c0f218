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
import { readJson } from "../request/body/read-json.ts";
import { readQuery } from "../request/read-query.ts";

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
  /** The body of a 200. */
  response: {
    description: string;
    schema: z.ZodType;
    headers?: z.ZodObject;
    /** JSON by default. */
    contentType?: ContentType | readonly ContentType[];
  };
  /** The description of a 202 that has the body of a 200, for an operation that answers 202. */
  accepted?: string;
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

type OperationSpec<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> = Omit<
  OperationDoc,
  "params" | "query" | "access"
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
  answer: (call: Call<z.output<P>, z.input<Q>, z.output<B>>) => Promise<Response>;
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
>(spec: OperationSpec<P, Q, B>): Operation {
  const { answer, body, tokens = "current", isUnknownQueryIgnored = false, ...doc } = spec;
  const credentials = { tokens, takesApiKey: spec.takesApiKey ?? false };
  const params = spec.params ?? NOTHING;
  const query = spec.query ?? NOTHING;
  const requestBody = body ? { requestBody: { "application/json": body } } : {};
  return {
    doc: { ...doc, ...requestBody },
    run: async (request, context, requestId) => {
      const reauthenticate = async () => {
        const actor = await authenticateRequest(request, { requestId, ...credentials });
        authorize(actor, spec.access);
        return actor;
      };
      return await answer({
        actor: await reauthenticate(),
        reauthenticate,
        until: tokens === "remembered" ? toAbortSignal(request, credentials) : request.signal,
        request,
        params: parseInput(params, context.params) as z.output<P>,
        query: readQuery(request, query, { isUnknownIgnored: isUnknownQueryIgnored }) as z.input<Q>,
        body: (body ? parseInput(body, await readJson(request)) : undefined) as z.output<B>,
      });
    },
  };
}

/** An operation for everybody, with or without a token. */
export function openOperation(
  doc: Omit<OperationDoc, "access">,
  answer: () => Promise<Response>,
): Operation {
  return { doc: { ...doc, access: null }, run: answer };
}
