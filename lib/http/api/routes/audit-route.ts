import { listAuditEvents, listAuditEventsSchema } from "../../../audit/search/list-audit-events.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { auditPageSchema } from "../schemas/audit-schema.ts";

/** The whole trail, filtered. */
export const auditRoute = defineRoute({
  path: "/api/v1/audit",
  operations: {
    GET: operation({
      operationId: "listAuditEvents",
      summary: "The audit trail, newest first",
      tag: "Audit",
      access: "audit:read",
      query: listAuditEventsSchema,
      response: { description: "A page of events.", schema: auditPageSchema },
      answer: async ({ actor, query }) => jsonResponse(await listAuditEvents(actor, query)),
    }),
  },
});
