import { getBatch } from "../../../batches/get-batch.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { batchPathSchema, batchSchema } from "../schemas/batch-schema.ts";

/** One batch. */
export const batchRoute = defineRoute({
  path: "/api/v1/batches/{batchId}",
  operations: {
    GET: operation({
      operationId: "getBatch",
      summary: "Changes that were made together",
      description:
        "`batchId` is in the audit events of the changes. A batch whose entries are in an archive is 404; one that changed no flag is 409.",
      tag: "Batches",
      access: "desk:read",
      params: batchPathSchema,
      problems: [404, 409],
      response: {
        description: "The batch, and what became of its numbers since.",
        schema: batchSchema,
      },
      answer: async ({ actor, params }) => jsonResponse(await getBatch(actor, params.batchId)),
    }),
  },
});
