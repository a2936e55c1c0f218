import { z } from "zod";
import { exportTrail, exportTrailSchema } from "../../../audit/export/export-trail.ts";
import { toExportResponse } from "../export-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";

/** Exports the trail as a file. */
export const auditExportRoute = defineRoute({
  path: "/api/v1/audit/export",
  operations: {
    GET: operation({
      operationId: "exportAuditTrail",
      summary: "The audit trail as a file, oldest first",
      description:
        "Takes the list's filters, and has what was there when it began. JSON Lines end with a signed manifest; CSV has it in the header `x-audit-manifest` alone. Each export is an event of the trail. An answer that breaks off is not complete. 409 while the trail cannot be signed: see `GET /api/v1/audit/head`.",
      tag: "Audit",
      access: "audit:read",
      query: exportTrailSchema,
      problems: [409],
      response: {
        description: "An event a line.",
        schema: z.string(),
        contentType: ["application/x-ndjson", "text/csv"],
        headers: z.object({
          "x-audit-manifest": z.string().meta({
            description: "JSON: count, firstSeq, lastSeq, and the signed head it began at.",
          }),
        }),
      },
      answer: async ({ actor, query }) => toExportResponse(await exportTrail(actor, query)),
    }),
  },
});
