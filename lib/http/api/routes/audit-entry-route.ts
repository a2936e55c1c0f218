import { z } from "zod";
import { getAuditEvent } from "../../../audit/get-audit-event.ts";
import { getSignedEntry } from "../../../audit/get-signed-entry.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { auditEventSchema, signedEntrySchema } from "../schemas/audit-schema.ts";

const pathSchema = z.object({
  seq: z
    .string()
    .meta({ description: "The entry's place in the trail, or its id.", example: "42" }),
});

const querySchema = z.object({
  form: z.enum(["signed"]).optional().meta({
    description:
      "`signed`: the entry as it was hashed, values of people committed to, with what opens the commitments beside.",
  }),
});

/** One entry of the trail. */
export const auditEntryRoute = defineRoute({
  path: "/api/v1/audit/{seq}",
  operations: {
    GET: operation({
      operationId: "getAuditEvent",
      summary: "One entry of the audit trail",
      tag: "Audit",
      access: "audit:read",
      params: pathSchema,
      query: querySchema,
      problems: [404],
      response: {
        description: "The entry.",
        schema: z.union([auditEventSchema, signedEntrySchema]),
      },
      answer: async ({ actor, params, query }) =>
        jsonResponse(
          query.form === "signed"
            ? await getSignedEntry(actor, params.seq)
            : (await getAuditEvent(actor, params.seq)).event,
        ),
    }),
  },
});
