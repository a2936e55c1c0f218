import { readHead } from "../../../audit/head/read-head.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { signedHeadSchema } from "../schemas/audit-schema.ts";

/** The signed head of the trail as it is now. */
export const auditHeadRoute = defineRoute({
  path: "/api/v1/audit/head",
  operations: {
    GET: operation({
      operationId: "readAuditHead",
      summary: "The signed head of the trail",
      description:
        "Keep one, and you can tell later whether anything up to that entry was rewritten or removed. The signature is Ed25519 over the RFC 8785 canonical JSON of this answer without `signature`. 409 while the trail does not go on from what this console signed last.",
      tag: "Audit",
      access: "audit:read",
      problems: [409],
      response: { description: "The last entry, signed.", schema: signedHeadSchema },
      answer: async ({ actor }) => jsonResponse(await readHead(actor)),
    }),
  },
});
