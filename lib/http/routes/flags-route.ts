import { z } from "zod";
import { readFlagCursor, readSnapshot } from "../../flags/read-snapshot.ts";
import { isNoneMatchHit } from "../etag.ts";
import { conditionalHeadersSchema, etagHeaderSchema } from "../header-schemas.ts";
import { jsonResponse, notModified } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { flagSnapshotSchema } from "../schemas/flag-schema.ts";

const querySchema = z.object({
  since: z.string().optional().meta({
    description: "A cursor. Answered with a snapshot whenever the changes since it cannot be told.",
    example: "1042.9f86d081",
  }),
});

/** All flags, for a runtime that polls: an unchanged state costs one row and no body. */
export const flagsRoute = defineRoute({
  path: "/api/v1/flags",
  cacheControl: "private, no-cache",
  operations: {
    GET: operation({
      operationId: "readFlags",
      summary: "All flags",
      description: "Sparse and sorted: only the numbers that accept BSUIDs.",
      tag: "Flags",
      access: "flag:read",
      query: querySchema,
      isUnknownQueryIgnored: true,
      headers: conditionalHeadersSchema,
      isConditional: true,
      response: {
        description: "The numbers that are on, as of one moment.",
        schema: flagSnapshotSchema,
        headers: etagHeaderSchema,
      },
      answer: async ({ actor, request }) => {
        if (request.headers.has("if-none-match")) {
          const cursor = await readFlagCursor(actor);
          if (isNoneMatchHit(request, cursor)) return notModified(cursor);
        }
        const snapshot = await readSnapshot(actor);
        return jsonResponse(snapshot, { etag: snapshot.cursor });
      },
    }),
  },
});
