import type { Instrumentation } from "next";

/**
 * What a page, a route or an action of Next's did not expect goes into the log under the request's
 * id, which is what the person is given to quote; Next's own line has no id.
 */
export const onRequestError: Instrumentation.onRequestError = async (
  error,
  request,
  { routeType },
) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logFailedRequest } = await import("#lib/http/pages/log-failed-request.ts");
  logFailedRequest(error, request, { isAction: routeType === "action" });
};
