import type { IncomingMessage, ServerResponse } from "node:http";
import { countRequest } from "../../metrics/request-counts.ts";
import { findRoute } from "../api/find-route.ts";

/**
 * Counts what no route of the API will count: pages, their files, and what was refused before a
 * route saw it. All under one name, since their paths have ids in them, and names of any length.
 */
export function countUnrouted(
  { method = "", url = "/" }: IncomingMessage,
  response: ServerResponse,
  { isRefused }: { isRefused: boolean },
): void {
  if (!isRefused && findRoute(url.split("?", 1).join(""))) return;
  response.once("finish", () => {
    countRequest({ route: "other", method, status: response.statusCode });
  });
}
