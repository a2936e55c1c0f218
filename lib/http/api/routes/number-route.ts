import { getNumber } from "../../../numbers/get-number.ts";
import { jsonResponse } from "../json-response.ts";
import { toNumberEtag } from "../number-etag.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { etagHeaderSchema } from "../schemas/header-schemas.ts";
import { numberPathSchema } from "../schemas/number-path-schema.ts";
import { numberSchema } from "../schemas/number-schema.ts";

/** One number. Its ETag is what a guarded change of its flag sends as If-Match. */
export const numberRoute = defineRoute({
  path: "/api/v1/numbers/{phoneNumberId}",
  operations: {
    GET: operation({
      operationId: "getNumber",
      summary: "One number",
      description:
        "Retired ones too. The ETag stands for the flag, not for the label or account: it is for If-Match, and never answers 304.",
      tag: "Numbers",
      access: "number:read",
      params: numberPathSchema,
      problems: [404],
      response: { description: "The number.", schema: numberSchema, headers: etagHeaderSchema },
      answer: async ({ actor, params }) => {
        const number = await getNumber(actor, params.phoneNumberId);
        return jsonResponse(number, { etag: toNumberEtag(number) });
      },
    }),
  },
});
