import type { IncomingMessage, ServerResponse } from "node:http";
import { countRequest } from "../../metrics/request-counts.ts";
import { findRoute } from "../api/find-route.ts";
import { LIVE_PATH } from "./live-lane.ts";

/**
 * Counts requests that no route of the API counts: pages, their files, and those refused before a route
 * saw them. All under one name, since their paths contain ids and arbitrary text.
 */
export function countUnrouted(
  { method = "", url = "/" }: IncomingMessage,
  response: ServerResponse,
  { isRefused }: { isRefused: boolean },
): void {
  const path = url.split("?", 1).join("");
  if (!isRefused && (path === LIVE_PATH || findRoute(path))) return;
  response.once("finish", () => {
    countRequest({ route: "other", method, status: response.statusCode });
  });
}
