import { z } from "zod";
import { receiveReport } from "../../runtimes/receive-report.ts";
import { reportSchema } from "../../runtimes/report-schema.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";

const responseSchema = z.strictObject({
  isNew: z.boolean().meta({ description: "False when this sequence was counted before." }),
});

/** What messaging runtimes tell of themselves and of their traffic. */
export const reportsRoute = defineRoute({
  path: "/api/v1/reports",
  operations: {
    POST: operation({
      operationId: "receiveReport",
      summary: "Report what was decided, and by which flags",
      description:
        "Counted once for each instanceId and sequence, so a report without an answer is sent again as it is. A sequence is known for two days; do not use one again for other counts.",
      tag: "Runtimes",
      access: "report:write",
      body: reportSchema,
      problems: [413],
      accepted: "Counted now.",
      response: { description: "Counted before; not again.", schema: responseSchema },
      answer: async ({ actor, body }) => {
        const { isNew } = await receiveReport(actor, body);
        return Response.json({ isNew }, { status: isNew ? 202 : 200 });
      },
    }),
  },
});
