import { z } from "zod";
import { AppError } from "../../../errors.ts";
import { receiveReport } from "../../../runtimes/receive-report.ts";
import { recordRefusedReport } from "../../../runtimes/record-refused-report.ts";
import { reportSchema } from "../../../runtimes/report-schema.ts";
import { readJson } from "../../request/body/read-json.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";

const responseSchema = z.strictObject({
  isNew: z.boolean().meta({ description: "False when this sequence was counted before." }),
});

/** Takes the reports of messaging runtimes about themselves and their traffic. */
export const reportsRoute = defineRoute({
  path: "/api/v1/reports",
  operations: {
    POST: operation({
      operationId: "receiveReport",
      summary: "Report what was decided, and by which flags",
      description:
        "Counted once for each instanceId and sequence, so a report without an answer is sent again as it is. A sequence is known for two days; do not use one again for other counts. An instanceId belongs to the token that brought it first, and those it is rotated to, until that ends or an admin releases the name: 409 for others. What is refused is shown on the page Runtimes.",
      tag: "Runtimes",
      access: "report:write",
      requestBody: { "application/json": reportSchema },
      problems: [409, 413],
      accepted: { description: "Counted now." },
      response: { description: "Counted before; not again.", schema: responseSchema },
      answer: async ({ actor, request }) => {
        let body: unknown;
        try {
          body = await readJson(request);
          const { isNew } = await receiveReport(actor, body);
          return Response.json({ isNew }, { status: isNew ? 202 : 200 });
        } catch (error) {
          if (error instanceof AppError) await recordRefusedReport(actor, { body, error });
          throw error;
        }
      },
    }),
  },
});
