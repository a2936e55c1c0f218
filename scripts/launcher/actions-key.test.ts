import { randomBytes } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { ACTIONS_KEY, readGivenActionsKey } from "./actions-key.ts";

afterEach(() => vi.unstubAllEnvs());

const BYTES = Buffer.alloc(32, 0xfb);

test.each([
  ["of another length", randomBytes(16).toString("base64")],
  ["in base64url, which Next cannot read", BYTES.toString("base64url")],
  ["with a letter that base64 lacks", `${BYTES.toString("base64").slice(0, -1)}!=`],
  ["in hex", BYTES.toString("hex")],
])("a key %s is refused, and the setting named, before anything is built with it", (_, key) => {
  vi.stubEnv(ACTIONS_KEY, key);
  expect(readGivenActionsKey).toThrow(`${ACTIONS_KEY} is not a key of 32 bytes in base64.`);
});

test("a key of 32 bytes is used as it is, and an empty setting counts as not set", () => {
  const key = BYTES.toString("base64");
  vi.stubEnv(ACTIONS_KEY, ` ${key}\n`);
  expect(readGivenActionsKey()).toBe(key);
  vi.stubEnv(ACTIONS_KEY, " ");
  expect(readGivenActionsKey()).toBeNull();
});
