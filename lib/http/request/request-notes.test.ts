import { expect, test } from "vitest";
import { forgetNotes, requestNotes } from "./request-notes.ts";

test("old notes of abandoned requests make room for new ones", () => {
  const notes = requestNotes("a test");
  const ids = Array.from({ length: 1_500 }, (_, index) => `request-${index}`);
  for (const id of ids) notes.notice(id);
  expect(ids.filter(notes.isNoticed)).toEqual(ids.slice(500));
  expect(notes.take("request-1499")).toBe(true);
  expect(notes.take("request-1499")).toBe(false);
});

test("once a request is answered, nothing is remembered of it", () => {
  const [one, other] = [requestNotes("one"), requestNotes("other")];
  for (const notes of [one, other]) {
    notes.notice("over");
    notes.notice("under way");
  }
  forgetNotes("over");
  for (const notes of [one, other]) {
    expect([notes.isNoticed("over"), notes.isNoticed("under way")]).toEqual([false, true]);
  }
});
