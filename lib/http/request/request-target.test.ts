import { expect, test } from "vitest";
import { toPathTarget } from "./request-target.ts";

test.each([
  ["/numbers?q=a", "/numbers?q=a"],
  ["http://console.example.com/numbers?q=a", "/numbers?q=a"],
  ["HTTPS://console.example.com", "/"],
  ["http://console.example.com?q=a", "/?q=a"],
  ["//evil.example/", "//evil.example/"],
  ["/?next=http://x/", "/?next=http://x/"],
  ["*", "*"],
])("the target %s is %s", (url, expected) => {
  const message = { url };
  toPathTarget(message);
  expect(message.url).toBe(expected);
});
