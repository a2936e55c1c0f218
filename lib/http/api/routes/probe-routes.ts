import { z } from "zod";
import { openOperation } from "../operation.ts";
import { readReadiness } from "../readiness.ts";
import { defineRoute } from "../route.ts";

/**
 * Answers that the process is alive. Checks nothing else, so that a database outage restarts no instance.
 */
export const healthRoute = defineRoute({
  path: "/healthz",
  operations: {
    GET: openOperation(
      {
        operationId: "readHealth",
        summary: "Whether the process lives",
        tag: "Service",
        response: { description: "It does.", schema: z.strictObject({ status: z.literal("ok") }) },
      },
      async () => Response.json({ status: "ok" }),
    ),
  },
});

const readinessSchema = z
  .strictObject({
    status: z.enum(["ok", "unavailable"]),
    database: z.enum(["up", "down"]),
    cursor: z.string().nullable().meta({ description: "The flags' cursor as served here." }),
    instance: z.string().meta({ description: "Tells instances behind one address apart." }),
    auditHeadProblem: z.string().optional().meta({
      description: "Why the audit trail's head is signed no more. There only when it is not.",
    }),
    trailGuardProblems: z.array(z.string()).optional().meta({
      description:
        "Why the database does not keep this console from changing the trail, with the SQL that mends it. There only when it does not.",
    }),
    clockOffSeconds: z.number().int().optional().meta({
      description:
        "How far this console's clock is ahead of the database's (negative: behind). There only when it is more than a minute.",
    }),
  })
  .meta({ id: "Readiness" });

/** Whether this instance should get requests. */
export const readyRoute = defineRoute({
  path: "/readyz",
  operations: {
    GET: openOperation(
      {
        operationId: "readReadiness",
        summary: "Whether flags can be served",
        tag: "Service",
        response: { description: "They can.", schema: readinessSchema },
        unavailable: { description: "They cannot.", schema: readinessSchema },
      },
      async () => {
        const readiness = readReadiness();
        return Response.json(readiness, { status: readiness.status === "ok" ? 200 : 503 });
      },
    ),
  },
});
