import { expect, test, vi } from "vitest";
import { refuseUnroutable } from "./refuse-unroutable.ts";

vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/nowhere");
vi.stubEnv("NEXTAUTH_SECRET", "for this test only, and long enough");
vi.stubEnv("LOG_LEVEL", "silent");

function refuse(method: string, url: string, headers: Record<string, string> = {}) {
  const request = {
    method,
    url,
    headers: { host: "console.test", ...headers },
    httpVersion: "1.1",
  };
  return refuseUnroutable(request, "the-request-id");
}

test.each([
  ["GET", "/api/v1/flags?since=1"],
  ["DELETE", "/api/v1/flags"],
  ["DELETE", "/api/v1"],
  ["GET", "/api/v1/numbers/%20"],
  ["GET", "/api/v1/flags?since=%E0%A4%A"],
  ["POST", "/sign-in"],
  ["OPTIONS", "/numbers"],
  ["GET", `/simulator/numbers?${"id=1&".repeat(900)}`],
])("%s %s is left to its route or page", (method, target) => {
  expect(refuse(method, target)).toBeNull();
});

test("a path of the API that cannot be decoded is a 400 problem", async () => {
  const answer = refuse("GET", "/api/v1/numbers/%E0%A4%A?a=1");
  expect(answer?.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer?.json()).toMatchObject({ status: 400, requestId: "the-request-id" });
});

test.each(["OPTIONS", "GET", "POST"])("%s * has no path, and is a 400 problem", async (method) => {
  const answer = refuse(method, "*");
  expect(answer?.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer?.json()).toMatchObject({ status: 400, requestId: "the-request-id" });
});

test.each([
  ["/api/v1/flags", "GET, HEAD, OPTIONS"],
  ["/api/v1/numbers/1/flag", "PUT, OPTIONS"],
  ["/healthz", "GET, HEAD, OPTIONS"],
  ["/api/v1/nothing", "OPTIONS"],
])("TRACE %s is 405 with the methods of the path", async (target, allow) => {
  const answer = refuse("TRACE", target);
  expect(answer?.headers.get("allow")).toBe(allow);
  expect(answer?.headers.get("x-request-id")).toBe("the-request-id");
  expect(await answer?.json()).toMatchObject({ status: 405 });
});

test.each([
  "/numbers/%E0%A4%A",
  "/people/%ff",
  "/audit/%ED%A0%80",
  "/sign-in/%",
  "/_next/static/%c0%ae",
])("the page %s cannot be decoded, and is 400 in words", async (target) => {
  const page = refuse("GET", target, { accept: "text/html" });
  expect([page?.status, await page?.text()]).toEqual([
    400,
    expect.stringContaining("the-request-id"),
  ]);
  expect((await refuse("GET", target)?.json())?.status).toBe(400);
});

test.each(["TRACE", "PROPFIND", "QUERY", "PUT", "PATCH", "DELETE"])(
  "pages do not support %s",
  async (method) => {
    const answer = refuse(method, "/sign-in");
    expect([answer?.status, answer?.headers.get("allow")]).toEqual([
      405,
      "GET, HEAD, POST, OPTIONS",
    ]);
  },
);

test.each(["/sign-in", "/api/v1/numbers", "/api/auth/csrf", "/_next/x"])(
  "%s refuses more parameters than can be parsed in time",
  (path) => {
    expect(refuse("GET", `${path}?${"a=1&".repeat(2_000)}`)?.status).toBe(400);
    expect(refuse("GET", `${path}?${"&".repeat(500_000)}`)?.status).toBe(400);
  },
);

test.each(["user-agent", "accept", "authorization", "next-action", "cookie", "x-forwarded-for"])(
  "a %s of many kilobytes is 431",
  async (name) => {
    const answer = refuse("GET", "/sign-in", { [name]: "1".repeat(70_000) });
    expect(await answer?.json()).toMatchObject({ status: 431, code: "PAYLOAD_TOO_LARGE" });
  },
);

test("a header that repeats an address may be as long as one", () => {
  for (const name of ["referer", "next-url", "next-router-state-tree"]) {
    expect(refuse("GET", "/numbers", { [name]: "1".repeat(300_000) })).toBeNull();
  }
});

test("HTTP/1.1 without Host is 400, HTTP/1.0 is not", () => {
  const request = { method: "GET", url: "/sign-in", headers: {} };
  expect(refuseUnroutable({ ...request, httpVersion: "1.1" }, "the-request-id")?.status).toBe(400);
  expect(refuseUnroutable({ ...request, httpVersion: "1.0" }, "the-request-id")).toBeNull();
});
