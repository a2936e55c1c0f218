import { z } from "zod";
import { exportTrail, exportTrailSchema } from "../../audit/export/export-trail.ts";
import { operation } from "../operation.ts";
import { toPulledBody } from "../pulled-body.ts";
import { defineRoute } from "../route.ts";

const CONTENT_TYPES = { jsonl: "application/x-ndjson", csv: "text/csv; charset=utf-8" } as const;

/** The trail as a file. */
export const auditExportRoute = defineRoute({
  path: "/api/v1/audit/export",
  operations: {
    GET: operation({
      operationId: "exportAuditTrail",
      summary: "The audit trail as a file, oldest first",
      description:
        "Takes the list's filters, and has what was there when it began. JSON Lines end with a signed manifest; CSV has it in the header `x-audit-manifest` alone. Each export is an event of the trail. An answer that breaks off is not complete.",
      tag: "Audit",
      access: "audit:read",
      query: exportTrailSchema,
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
      answer: async ({ actor, query }) => {
        const { format, summary, chunks } = await exportTrail(actor, query);
        const headers = {
          "content-type": CONTENT_TYPES[format],
          "content-disposition": `attachment; filename="audit-to-${summary.head.seq}.${format}"`,
          "x-audit-manifest": JSON.stringify(summary),
        };
        return new Response(toPulledBody(chunks), { headers });
      },
    }),
  },
});
