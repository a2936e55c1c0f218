import { expect, test } from "vitest";
import { toFlagClientError } from "./flag-client-error.ts";

test("for a host with several addresses of which none answers, the message has the reason", () => {
  // What Node's fetch throws then: its cause has no message.
  const cause = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
  const { code, message } = toFlagClientError(new TypeError("fetch failed", { cause }));
  expect(code).toBe("CONNECTION");
  expect(message).toBe("The console is out of reach: fetch failed: ECONNREFUSED");
});
