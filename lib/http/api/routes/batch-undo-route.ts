import { undoBatch, undoBatchSchema } from "../../../batches/undo-batch.ts";
import { operation } from "../operation.ts";
import { prefersStrict } from "../read-preference.ts";
import { defineRoute } from "../route.ts";
import { batchPathSchema, requestedUndoSchema, undoneSchema } from "../schemas/batch-schema.ts";
import { handlingHeadersSchema } from "../schemas/header-schemas.ts";
import { ACCEPTED_AS_REQUEST } from "../schemas/request-schema.ts";

const bodySchema = undoBatchSchema
  .omit({ batchId: true })
  .meta({ id: "UndoBatch", description: "Why the batch is undone." });

/** Undoes one batch, for a person. */
export const batchUndoRoute = defineRoute({
  path: "/api/v1/batches/{batchId}/undo",
  operations: {
    POST: operation({
      operationId: "undoBatch",
      summary: "Undo changes that were made together",
      description:
        "Makes new changes, as a batch of their own. A number that was changed again since, or is retired, is left and named in `conflicts`. With one number of an account that needs two people, all of it becomes one request.",
      tag: "Batches",
      access: "batch:undo",
      params: batchPathSchema,
      headers: handlingHeadersSchema,
      body: bodySchema,
      problems: [404, 409, 413],
      response: { description: "What was undone, and what was left.", schema: undoneSchema },
      accepted: { ...ACCEPTED_AS_REQUEST, schema: requestedUndoSchema },
      isIdempotent: true,
      change: async ({ actor, request, params, body }) =>
        await undoBatch(
          actor,
          { ...params, ...body },
          { twoPeople: prefersStrict(request) ? "refuse" : "request" },
        ),
      toReply: ({ changed, unchanged, conflicts, batchId, request }) =>
        request
          ? { status: 202, body: { request, conflicts } }
          : { body: { changed, unchanged, conflicts, batchId } },
    }),
  },
});
