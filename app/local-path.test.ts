import { expect, test } from "vitest";
import { toLocalPath } from "./local-path.ts";

test.each([
  "/numbers",
  "/numbers?q=acme&state=accepting",
  "/numbers/106540352242922",
  "/numbers?q=https%3A%2F%2Fexample.com",
])("a path of ours is kept: %s", (path) => {
  expect(toLocalPath(path)).toBe(path);
});

test.each([
  undefined,
  "",
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/numbers/..//evil.example",
  "javascript:alert(1)",
  "numbers",
  "/sign-in",
  "/sign-in?next=/sign-in",
  "/choose-password",
  "/api/auth/signout",
])("anything else leads home: %s", (asked) => {
  expect(toLocalPath(asked)).toBe("/numbers");
});
