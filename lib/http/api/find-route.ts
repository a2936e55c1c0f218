import { openApiRoute } from "./openapi/openapi-route.ts";
import type { Route } from "./route.ts";
import { ROUTES } from "./routes.ts";

/** Every route of the API, including its OpenAPI document. */
export const ALL_ROUTES: readonly Route[] = [...ROUTES, openApiRoute];

const PATTERNS = ALL_ROUTES.map((route) => ({
  route,
  pattern: new RegExp(
    `^${route.path.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`,
  ),
}));

/** Which of the two APIs a path lies under, even when no route has it; null for pages. */
export function findApi(pathname: string): "console" | "ofrep" | null {
  if (/^\/api\/v1(\/|$)/.test(pathname)) return "console";
  return /^\/ofrep(\/|$)/.test(pathname) ? "ofrep" : null;
}

/** The route of a path, with the path's parameters, still encoded. */
export function findRoute(
  pathname: string,
): { route: Route; params: Readonly<Record<string, string>> } | null {
  for (const { route, pattern } of PATTERNS) {
    const match = pattern.exec(pathname);
    if (match) return { route, params: { ...match.groups } };
  }
  return null;
}
