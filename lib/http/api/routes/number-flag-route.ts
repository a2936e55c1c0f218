import { z } from "zod";
import { setFlag } from "../../../flags/set-flag.ts";
import { setFlagsSchema } from "../../../flags/set-flags.ts";
import { jsonResponse } from "../json-response.ts";
import { readExpectedVersion, toNumberEtag } from "../number-etag.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { etagHeaderSchema, ifMatchHeadersSchema } from "../schemas/header-schemas.ts";
import { numberPathSchema } from "../schemas/number-path-schema.ts";
import { changedFlagSchema } from "../schemas/number-schema.ts";

const { reason, ticketUrl, changes } = setFlagsSchema.shape;
const { acceptsBsuid } = changes.element.shape;
const bodySchema = z
  .strictObject({ acceptsBsuid, reason, ticketUrl })
  .meta({ id: "SetFlag", description: "What the flag shall be, and why." });

/** Changes one flag, for a person. */
export const numberFlagRoute = defineRoute({
  path: "/api/v1/numbers/{phoneNumberId}/flag",
  operations: {
    PUT: operation({
      operationId: "setFlag",
      summary: "Set one number's flag",
      description:
        "Setting what already holds changes and records nothing, so a retry is harmless.",
      tag: "Numbers",
      access: "flag:set",
      params: numberPathSchema,
      headers: ifMatchHeadersSchema,
      body: bodySchema,
      problems: [404, 409, 412, 413],
      response: {
        description: "The number as it is now.",
        schema: changedFlagSchema,
        headers: etagHeaderSchema,
      },
      answer: async ({ actor, request, params: { phoneNumberId }, body }) => {
        const expectedVersion = await readExpectedVersion(actor, request, phoneNumberId);
        const result = await setFlag(actor, {
          phoneNumberId,
          acceptsBsuid: body.acceptsBsuid,
          ...(expectedVersion === undefined ? {} : { expectedVersion }),
          reason: body.reason,
          ticketUrl: body.ticketUrl ?? null,
        });
        return jsonResponse(result, { etag: toNumberEtag(result.number) });
      },
    }),
  },
});
