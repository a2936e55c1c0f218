import { expect, test } from "vitest";
import { toFlagClientError } from "./flag-client-error.ts";

test("a name with several addresses of which none answers is out of reach for a reason that is told", () => {
  // What Node's fetch throws then: the cause has no words of its own.
  const cause = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
  const { code, message } = toFlagClientError(new TypeError("fetch failed", { cause }));
  expect(code).toBe("CONNECTION");
  expect(message).toBe("The console is out of reach: fetch failed: ECONNREFUSED");
});
