import { z } from "zod";
import { readFlags } from "../../../flags/read-flags.ts";
import { jsonResponse } from "../json-response.ts";
import { evaluate } from "../ofrep/evaluate.ts";
import { evaluationSchema } from "../ofrep/evaluation-schema.ts";
import { toOfrepFailure } from "../ofrep/failure.ts";
import { FLAG_KEY, requireFlagKey } from "../ofrep/flag-key.ts";
import { OFREP_OPERATION, withAge } from "../ofrep/ofrep-operation.ts";
import { readContext } from "../ofrep/read-context.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";

const paramsSchema = z.object({ key: z.string().meta({ example: FLAG_KEY }) });

/** One flag by OFREP 0.3.0, for OpenFeature's server-side SDKs. */
export const ofrepFlagRoute = defineRoute({
  path: "/ofrep/v1/evaluate/flags/{key}",
  toErrorResponse: toOfrepFailure,
  operations: {
    POST: operation({
      ...OFREP_OPERATION,
      operationId: "evaluateFlag",
      summary: "One number's flag, for OpenFeature clients",
      description: `OFREP 0.3.0. There is one flag, \`${FLAG_KEY}\`; \`context.targetingKey\` is the number's phone_number_id. An unknown or retired number is off.`,
      params: paramsSchema,
      problems: [404, 413, 429],
      response: { description: "The flag, as of one moment.", schema: evaluationSchema },
      answer: async ({ actor, request, params }) => {
        requireFlagKey(params);
        const { phoneNumberId } = await readContext(request);
        const { timeline } = await readFlags(actor);
        return withAge(jsonResponse(evaluate(timeline, phoneNumberId)));
      },
    }),
  },
});
