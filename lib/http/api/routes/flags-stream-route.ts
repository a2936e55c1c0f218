import { z } from "zod";
import { streamFlags } from "../../../flags/flag-stream.ts";
import { readFlagsSince } from "../../../flags/read-flags.ts";
import { operation } from "../operation.ts";
import { toPulledBody } from "../pulled-body.ts";
import { defineRoute } from "../route.ts";

const headersSchema = z.object({
  "Last-Event-ID": z.string().optional().meta({
    description: "The cursor held: the stream begins with what changed after it.",
    example: "1042.9f86d081",
  }),
});

const RESPONSE_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // nginx buffers answers by default.
  "x-accel-buffering": "no",
};

/** Streams the flags to runtimes: a flip is live within milliseconds. */
export const flagsStreamRoute = defineRoute({
  path: "/api/v1/flags/stream",
  cacheControl: "no-cache, no-transform",
  operations: {
    GET: operation({
      operationId: "streamFlags",
      summary: "Flags as server-sent events",
      description:
        "`event: snapshot` or `delta`, `id:` the cursor, `data:` the JSON that the poll answers. A comment each 15 s. Ends when the token does.",
      tag: "Flags",
      access: "flag:read",
      tokens: "remembered",
      isUnknownQueryIgnored: true,
      headers: headersSchema,
      response: {
        description: "A stream that goes on.",
        schema: z.string(),
        contentType: "text/event-stream",
      },
      answer: async ({ actor, until, request }) => {
        const lastEventId = request.headers.get("last-event-id");
        const { feed } = await readFlagsSince(actor, lastEventId);
        const leaving = new AbortController();
        const signal = AbortSignal.any([until, leaving.signal]);
        const events = streamFlags(feed, { lastEventId, signal });
        const body = toPulledBody(events, () => leaving.abort());
        return new Response(body, { headers: RESPONSE_HEADERS });
      },
    }),
  },
});
