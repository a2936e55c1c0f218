import { retireNumber, retireNumberSchema } from "../../../flags/retire-number.ts";
import { toNumberEtag } from "../number-etag.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { etagHeaderSchema } from "../schemas/header-schemas.ts";
import { numberPathSchema } from "../schemas/number-path-schema.ts";
import { retiredNumberSchema } from "../schemas/number-schema.ts";

const bodySchema = retireNumberSchema
  .pick({ reason: true })
  .meta({ id: "RetireNumber", description: "Why the number is retired." });

/** Retires one number, for a person. */
export const numberRetiredRoute = defineRoute({
  path: "/api/v1/numbers/{phoneNumberId}/retired",
  operations: {
    PUT: operation({
      operationId: "retireNumber",
      summary: "Retire a number, for good",
      description:
        "A number that is on is made phone-only with it. Where its account needs two people that is refused with 409: make it phone-only first. Retiring again changes and records nothing.",
      tag: "Numbers",
      access: "number:retire",
      params: numberPathSchema,
      body: bodySchema,
      problems: [404, 409, 413],
      response: {
        description: "The number, retired.",
        schema: retiredNumberSchema,
        headers: etagHeaderSchema,
      },
      isIdempotent: true,
      change: ({ actor, params: { phoneNumberId }, body }) =>
        retireNumber(actor, { phoneNumberId, ...body }),
      toReply: (body) => ({ body, headers: { etag: `"${toNumberEtag(body.number)}"` } }),
    }),
  },
});
