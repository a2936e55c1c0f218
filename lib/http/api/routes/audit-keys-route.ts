import { listPublicKeys } from "../../../audit/head/list-public-keys.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { publicKeysSchema } from "../schemas/audit-schema.ts";

/** The public keys that heads are verified with. */
export const auditKeysRoute = defineRoute({
  path: "/api/v1/audit/keys",
  operations: {
    GET: operation({
      operationId: "listAuditKeys",
      summary: "The public keys of signed heads",
      description:
        "Ask once, and keep the answer apart from the console: a key that comes with what it signed proves nothing.",
      tag: "Audit",
      access: "audit:read",
      response: { description: "The present key and the former ones.", schema: publicKeysSchema },
      answer: async ({ actor }) => jsonResponse({ keys: listPublicKeys(actor) }),
    }),
  },
});
