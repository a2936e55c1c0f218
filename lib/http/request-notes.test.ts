import { expect, test } from "vitest";
import { requestNotes } from "./request-notes.ts";

test("notes of requests that nobody waits for any more keep no later one from being remembered", () => {
  const notes = requestNotes("a test");
  const ids = Array.from({ length: 1_500 }, (_, index) => `request-${index}`);
  for (const id of ids) notes.notice(id);
  expect(ids.filter(notes.isNoticed)).toEqual(ids.slice(500));
  expect(notes.take("request-1499")).toBe(true);
  expect(notes.take("request-1499")).toBe(false);
});
