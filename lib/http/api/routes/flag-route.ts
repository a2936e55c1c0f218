import { type Flag, findFlag } from "../../../flags/find-flag.ts";
import { flagFeed } from "../../../flags/flag-feed.ts";
import { isNoneMatchHit } from "../etag.ts";
import { jsonResponse, notModified } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { flagSchema } from "../schemas/flag-schema.ts";
import { conditionalHeadersSchema, etagHeaderSchema } from "../schemas/header-schemas.ts";
import { numberPathSchema } from "../schemas/number-path-schema.ts";

/** One number's flag, whether or not the number is known. */
export const flagRoute = defineRoute({
  path: "/api/v1/flags/{phoneNumberId}",
  cacheControl: "private, no-cache",
  operations: {
    GET: operation({
      operationId: "findFlag",
      summary: "One number's flag",
      description: "An unknown or retired number is off: that is an answer, never a 404.",
      tag: "Flags",
      access: "flag:read",
      tokens: "remembered",
      params: numberPathSchema,
      isUnknownQueryIgnored: true,
      headers: conditionalHeadersSchema,
      isConditional: true,
      response: {
        description: "The flag, as of one moment.",
        schema: flagSchema,
        headers: etagHeaderSchema,
      },
      answer: async ({ actor, request, params }) => {
        const flag = await findFlag(actor, params.phoneNumberId);
        const etag = toEtag(flag);
        const isHit = isNoneMatchHit(request.headers.get("if-none-match"), etag);
        const response = isHit ? notModified(etag) : jsonResponse(flag, { etag });
        const age = flagFeed().ageSeconds;
        if (age !== null) response.headers.set("age", String(age));
        return response;
      },
    }),
  },
});

/** Includes whether the number is known, because a roster import changes that without a new cursor. */
function toEtag({ cursor, known }: Flag): string {
  return `${cursor}.${known ? "known" : "unknown"}`;
}
