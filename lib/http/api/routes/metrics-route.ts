import { z } from "zod";
import { metricsRegistry } from "../../../metrics/registry.ts";
import { openOperation } from "../operation.ts";
import { defineRoute } from "../route.ts";

/** The metrics of this process, for Prometheus. */
export const metricsRoute = defineRoute({
  path: "/metrics",
  operations: {
    GET: openOperation(
      {
        operationId: "readMetrics",
        summary: "Measurements of this process",
        description: "Prometheus's text format.",
        tag: "Service",
        response: {
          description: "As of now.",
          schema: z.string(),
          contentType: "text/plain",
        },
      },
      async () => {
        const registry = metricsRegistry();
        const headers = { "content-type": registry.contentType };
        return new Response(await registry.metrics(), { headers });
      },
    ),
  },
});
