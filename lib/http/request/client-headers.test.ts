import { expect, test } from "vitest";
import { stripSteeringHeaders } from "./client-headers.ts";

const strip = (headers: Record<string, string>, isDevelopment = false) => {
  const message = { headers: { ...headers } };
  expect(stripSteeringHeaders(message, { isDevelopment })).toBe(false);
  const { "x-handed-on": mark, ...kept } = message.headers;
  expect(mark).toMatch(/^[0-9a-f-]{36}$/);
  return kept;
};

test.each([
  "x-middleware-prefetch",
  "x-middleware-subrequest",
  "x-middleware-rewrite",
  "x-middleware-override-headers",
  "x-middleware-request-cookie",
  "x-middleware-set-cookie",
  "x-middleware-invoke",
  "x-nextjs-data",
  "x-nextjs-postponed",
  "x-nextjs-rewritten-path",
  "x-nextjs-request-id",
  "x-next-revalidated-tags",
  "x-next-revalidate-tag-token",
  "x-next-resume-state-length",
  "x-action-forwarded",
  "x-action-redirect",
  "x-prerender-revalidate",
  "x-prerender-revalidate-if-generated",
  "x-matched-path",
  "x-now-route-matches",
  "x-invoke-path",
  "x-invoke-output",
  "x-vercel-protection-bypass",
  "x-rewrite-url",
  "next-resume",
])("%s is removed", (name) => {
  expect(strip({ [name]: "1", accept: "text/html" })).toEqual({ accept: "text/html" });
});

test("headers of Next's own client, proxies and programs are kept", () => {
  const headers = {
    rsc: "1",
    "next-action": "40a1",
    "next-url": "/numbers",
    "next-router-state-tree": "%5B%22%22%5D",
    "next-router-prefetch": "1",
    "next-router-segment-prefetch": "/_tree",
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "console.example.com",
    "x-forwarded-proto": "https",
    "x-request-id": "over-the-wire-1",
    "x-api-key": "secret",
    "if-match": '"v3"',
    cookie: "time-zone=UTC",
  };
  expect(strip(headers)).toEqual(headers);
});

test("hot reload keeps its requests' ids", () => {
  const headers = { "x-nextjs-request-id": "1", "x-nextjs-html-request-id": "2" };
  expect(strip({ ...headers, "x-nextjs-data": "1" }, true)).toEqual(headers);
});

test("Next's requests to itself keep their headers, and a client cannot pretend to be it", () => {
  const first = { headers: { "x-handed-on": "1" } as Record<string, string> };
  expect(stripSteeringHeaders(first, { isDevelopment: false })).toBe(false);
  const own = { headers: { ...first.headers, "x-action-forwarded": "1" } };
  expect(stripSteeringHeaders(own, { isDevelopment: false })).toBe(true);
  expect(own.headers["x-action-forwarded"]).toBe("1");
});
