import type { Instrumentation } from "next";

/**
 * Logs an unexpected error of a page, route or action with the request's id, which the person is shown
 * to quote. Next's own log line has no id.
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
