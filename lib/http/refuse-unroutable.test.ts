import { expect, test } from "vitest";
import { refuseUnroutable } from "./refuse-unroutable.ts";

function refuse(method: string, target: string) {
  return refuseUnroutable({ method, target }, "the-request-id");
}

test.each([
  ["GET", "/api/v1/flags?since=1"],
  ["DELETE", "/api/v1/flags"],
  ["GET", "/api/v1/numbers/%20"],
  ["GET", "/api/v1/flags?since=%E0%A4%A"],
  ["TRACE", "/sign-in"],
  ["GET", "/numbers/%E0%A4%A"],
])("%s %s is left to its route or page", (method, target) => {
  expect(refuse(method, target)).toBeNull();
});

test("a path of the API that cannot be decoded is a 400 problem", async () => {
  const answer = refuse("GET", "/api/v1/numbers/%E0%A4%A?a=1");
  expect(answer?.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer?.json()).toMatchObject({ status: 400, requestId: "the-request-id" });
});

test.each(["OPTIONS", "GET", "POST"])(
  "%s * asks for no path, and is a 400 problem",
  async (method) => {
    const answer = refuse(method, "*");
    expect(answer?.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer?.json()).toMatchObject({ status: 400, requestId: "the-request-id" });
  },
);

test.each([
  ["/api/v1/flags", "GET, HEAD, OPTIONS"],
  ["/api/v1/numbers/1/flag", "PUT, OPTIONS"],
  ["/healthz", "GET, HEAD, OPTIONS"],
  ["/api/v1/nothing", "OPTIONS"],
])("TRACE %s is 405 with what the path takes", async (target, allow) => {
  const answer = refuse("TRACE", target);
  expect(answer?.headers.get("allow")).toBe(allow);
  expect(answer?.headers.get("x-request-id")).toBe("the-request-id");
  expect(await answer?.json()).toMatchObject({ status: 405 });
});
