import { readFlagsSince } from "../../../flags/read-flags.ts";
import { isNoneMatchHit } from "../etag.ts";
import { jsonResponse, notModified } from "../json-response.ts";
import { toBulkEtag } from "../ofrep/bulk-etag.ts";
import { evaluate } from "../ofrep/evaluate.ts";
import { bulkEvaluationSchema } from "../ofrep/evaluation-schema.ts";
import { toOfrepFailure } from "../ofrep/failure.ts";
import { OFREP_OPERATION, withAge } from "../ofrep/ofrep-operation.ts";
import { readContext } from "../ofrep/read-context.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { conditionalHeadersSchema, etagHeaderSchema } from "../schemas/header-schemas.ts";

/** All flags by OFREP 0.3.0, for OpenFeature's client-side SDKs, which poll. */
export const ofrepFlagsRoute = defineRoute({
  path: "/ofrep/v1/evaluate/flags",
  cacheControl: "private, no-cache",
  toErrorResponse: toOfrepFailure,
  operations: {
    POST: operation({
      ...OFREP_OPERATION,
      operationId: "evaluateFlags",
      summary: "All of a number's flags, for OpenFeature clients that poll",
      description:
        "OFREP 0.3.0. Answers 304 to a POST, as that protocol wants it; the entity tag covers the flags, the whole context, and what the token may see.",
      headers: conditionalHeadersSchema,
      isConditional: true,
      problems: [413, 429],
      response: {
        description: "The flags, as of one moment.",
        schema: bulkEvaluationSchema,
        headers: etagHeaderSchema,
      },
      answer: async ({ actor, request }) => {
        const { phoneNumberId, context } = await readContext(request);
        const ifNoneMatch = request.headers.get("if-none-match");
        const { timeline } = await readFlagsSince(actor, newestCursor(ifNoneMatch));
        const etag = toBulkEtag({ cursor: timeline.cursor, context, actor });
        if (isNoneMatchHit(ifNoneMatch, etag)) return withAge(notModified(etag));
        const evaluation = evaluate(timeline, phoneNumberId);
        const body = { flags: [evaluation], metadata: evaluation.metadata };
        return withAge(jsonResponse(body, { etag }));
      },
    }),
  },
});

/**
 * The newest cursor among the entity tags, which begin with it: a client that has seen a later state is
 * not taken back.
 */
function newestCursor(ifNoneMatch: string | null): string | null {
  return /^(?:W\/)?"([0-9]{1,15}\.)[^"]*"$/.exec(ifNoneMatch ?? "")?.[1] ?? null;
}
