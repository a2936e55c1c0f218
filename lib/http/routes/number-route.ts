import { getNumber } from "../../numbers/get-number.ts";
import { isNoneMatchHit } from "../etag.ts";
import { conditionalHeadersSchema, etagHeaderSchema } from "../header-schemas.ts";
import { jsonResponse, notModified } from "../json-response.ts";
import { toNumberEtag } from "../number-etag.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { numberPathSchema } from "../schemas/number-path-schema.ts";
import { numberSchema } from "../schemas/number-schema.ts";

/** One number. Its ETag is what a guarded change of its flag sends as If-Match. */
export const numberRoute = defineRoute({
  path: "/api/v1/numbers/{phoneNumberId}",
  operations: {
    GET: operation({
      operationId: "getNumber",
      summary: "One number",
      description: "Retired ones too. The ETag stands for the flag, not for the label or account.",
      tag: "Numbers",
      access: "number:read",
      params: numberPathSchema,
      headers: conditionalHeadersSchema,
      isConditional: true,
      problems: [404],
      response: { description: "The number.", schema: numberSchema, headers: etagHeaderSchema },
      answer: async ({ actor, request, params }) => {
        const number = await getNumber(actor, params.phoneNumberId);
        const etag = toNumberEtag(number);
        return isNoneMatchHit(request, etag) ? notModified(etag) : jsonResponse(number, { etag });
      },
    }),
  },
});
