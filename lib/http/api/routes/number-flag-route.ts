import { z } from "zod";
import { toRefusedChange, toSetFlagResult } from "../../../flags/set-flag.ts";
import { setFlags, setFlagsSchema } from "../../../flags/set-flags.ts";
import { readExpectedVersion, toNumberEtag } from "../number-etag.ts";
import { operation } from "../operation.ts";
import { prefersStrict } from "../read-preference.ts";
import { defineRoute } from "../route.ts";
import {
  etagHeaderSchema,
  handlingHeadersSchema,
  ifMatchHeadersSchema,
} from "../schemas/header-schemas.ts";
import { numberPathSchema } from "../schemas/number-path-schema.ts";
import { changedFlagSchema } from "../schemas/number-schema.ts";
import { ACCEPTED_AS_REQUEST } from "../schemas/request-schema.ts";

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
        "Setting what already holds changes and records nothing, so a retry is harmless. In an account that needs two people it becomes a request.",
      tag: "Numbers",
      access: "flag:set",
      params: numberPathSchema,
      headers: ifMatchHeadersSchema.extend(handlingHeadersSchema.shape),
      body: bodySchema,
      problems: [404, 409, 412, 413],
      response: {
        description: "The number as it is now.",
        schema: changedFlagSchema,
        headers: etagHeaderSchema,
      },
      accepted: ACCEPTED_AS_REQUEST,
      isIdempotent: true,
      change: async ({ actor, request, params: { phoneNumberId }, body }) => {
        const { acceptsBsuid, reason, ticketUrl } = body;
        const expectedVersion = await readExpectedVersion(actor, request, phoneNumberId);
        const changes = [{ phoneNumberId, acceptsBsuid, expectedVersion }];
        const twoPeople = prefersStrict(request) ? "refuse" : "request";
        try {
          return await setFlags(actor, { changes, reason, ticketUrl }, { twoPeople });
        } catch (error) {
          throw toRefusedChange(error);
        }
      },
      toReply: (result) => {
        const { request, ...answer } = toSetFlagResult(result);
        if (request) return { status: 202, body: { request } };
        return { body: answer, headers: { etag: `"${toNumberEtag(answer.number)}"` } };
      },
    }),
  },
});
