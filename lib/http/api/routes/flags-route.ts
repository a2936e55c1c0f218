import { z } from "zod";
import { type KnownFlags, readFlagsSince } from "../../../flags/read-flags.ts";
import { waitForChange } from "../../../flags/wait-for-change.ts";
import { isNoneMatchHit } from "../etag.ts";
import {
  answerDelta,
  answerPoll,
  FLAGS_CACHE_CONTROL,
  type PollAnswer,
} from "../flags/poll-answer.ts";
import { readWaitSeconds } from "../flags/prefer-wait.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { flagDeltaSchema, flagSnapshotSchema } from "../schemas/flag-schema.ts";
import { conditionalHeadersSchema, etagHeaderSchema } from "../schemas/header-schemas.ts";

const querySchema = z.object({
  since: z.string().optional().meta({
    description:
      "A cursor: answered with what changed after it, or with a snapshot when that cannot be told.",
    example: "1042.9f86d081",
  }),
});

const headersSchema = conditionalHeadersSchema.extend({
  Prefer: z.string().optional().meta({
    description: "`wait=N`, N up to 60: holds the request until something changes.",
    example: "wait=30",
  }),
});

/** All flags, for a runtime that polls, from this process's memory. */
export const flagsRoute = defineRoute({
  path: "/api/v1/flags",
  cacheControl: FLAGS_CACHE_CONTROL,
  operations: {
    GET: operation({
      operationId: "readFlags",
      summary: "All flags, or what changed",
      description: "Sparse and sorted: only the numbers that accept BSUIDs.",
      tag: "Flags",
      access: "flag:read",
      tokens: "remembered",
      query: querySchema,
      isUnknownQueryIgnored: true,
      headers: headersSchema,
      isConditional: true,
      response: {
        description: "The numbers that are on, as of one moment; with `since`, the changes.",
        schema: z.union([flagSnapshotSchema, flagDeltaSchema]),
        headers: etagHeaderSchema,
      },
      answer: async ({ actor, reauthenticate, until, request, query: { since } }) => {
        const cursor = since ?? newestEtag(request);
        const flags = await readFlagsSince(actor, cursor);
        const waited = await waitIfCurrent(flags, { request, since, until });
        const now = waited === null ? flags : await readFlagsSince(await reauthenticate(), cursor);
        return toResponse(await answer(now, request, since), waited);
      },
    }),
  },
});

function answer(flags: KnownFlags, request: Request, since: string | undefined) {
  const acceptEncoding = request.headers.get("accept-encoding");
  if (since !== undefined) return answerDelta(flags, { since, acceptEncoding });
  return answerPoll(flags, { ifNoneMatch: request.headers.get("if-none-match"), acceptEncoding });
}

/** @returns the seconds granted; null when the caller did not ask to wait */
async function waitIfCurrent(
  { feed, timeline }: KnownFlags,
  { request, since, until }: { request: Request; since: string | undefined; until: AbortSignal },
): Promise<number | null> {
  const seconds = readWaitSeconds(request.headers.get("prefer"));
  const ifNoneMatch = request.headers.get("if-none-match");
  if (seconds === null || (since === undefined && ifNoneMatch === null)) return null;
  const { cursor } = timeline;
  const isCurrent = since !== undefined ? since === cursor : isNoneMatchHit(ifNoneMatch, cursor);
  const milliseconds = seconds * 1_000;
  if (isCurrent) await waitForChange(feed, cursor, { milliseconds, signal: until });
  return seconds;
}

/** The cursor of a client that polls by entity tag. */
function newestEtag(request: Request): string | null {
  return /^(?:W\/)?"([^"]*)"$/.exec(request.headers.get("if-none-match") ?? "")?.[1] ?? null;
}

function toResponse({ status, headers, body }: PollAnswer, waited: number | null): Response {
  const response = new Response(typeof body === "string" ? body : body && new Uint8Array(body), {
    status,
  });
  for (let at = 0; at + 1 < headers.length; at += 2) {
    response.headers.set(headers[at] ?? "", headers[at + 1] ?? "");
  }
  if (waited !== null) response.headers.set("preference-applied", `wait=${waited}`);
  return response;
}
