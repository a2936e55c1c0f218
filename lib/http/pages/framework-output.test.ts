import { afterEach, expect, test, vi } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { logger } from "../../logger.ts";
import { logOutputOf } from "./framework-output.ts";
import { noticeUnreadable, takeUnreadable } from "./unreadable-requests.ts";

useTestDatabase();

const asked = { requestId: "the-request-id", asked: "POST /sign-in" };

/** The console that the framework prints to. */
const output = globalThis.console;

afterEach(() => {
  vi.restoreAllMocks();
});

test("what is printed while a request is answered is one line with its id, and no stack", async () => {
  const warn = vi.spyOn(logger(), "warn").mockImplementation(() => undefined);
  await logOutputOf(asked, async () => {
    await Promise.resolve();
    output.error("\u2a2f", new Error("aborted\nat somewhere secret"));
  });
  expect(warn.mock.calls).toEqual([
    [{ ...asked, said: "Error: aborted" }, "The framework printed this."],
  ]);
});

test("what was logged already is not logged again", () => {
  const warn = vi.spyOn(logger(), "warn").mockImplementation(() => undefined);
  noticeUnreadable(asked.requestId);
  logOutputOf(asked, () => output.warn("again"));
  takeUnreadable(asked.requestId);
  expect(warn).not.toHaveBeenCalled();
});
