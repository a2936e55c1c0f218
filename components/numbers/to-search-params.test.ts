import { expect, test } from "vitest";
import { loadShortening, shorten, toSearchParams } from "./to-search-params.ts";

test("a long text stays complete until the shortening is loaded", () => {
  expect(shorten("x ".repeat(400))).toHaveLength(799);
});

test("then a text without a digit keeps its beginning", async () => {
  await loadShortening();
  expect(shorten("x ".repeat(400))).toHaveLength(500);
});

function toForm(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test("fields that are not set do not appear in the address", () => {
  const form = toForm({ q: "  ", state: "in-service", account: "", sort: "label" });
  expect(toSearchParams(form).toString()).toBe("");
});

test("what is set does", () => {
  const form = toForm({ q: " acme ", state: "all", account: "a1", sort: "changed" });
  expect(toSearchParams(form).toString()).toBe("q=acme&state=all&account=a1&sort=changed");
});

test("a long e-mail keeps its numbers as they are written, with the words before them", async () => {
  await loadShortening();
  const words = "We have been a customer for many years and like it very much indeed. ".repeat(9);
  const mail = `Dear team,\n${words}\n${words}Please switch on (11) 98765-4321.\nThanks!`;
  const kept = shorten(mail);
  expect(kept.length).toBeLessThan(120);
  expect(kept).toContain("Please switch on (11) 98765-4321.");
  expect(shorten(kept)).toBe(kept);
});

test("five thousand numbers all stay", async () => {
  await loadShortening();
  const lines = Array.from({ length: 5_000 }, (_, line) => `+55 11 9${1e7 + line}`);
  expect(shorten(lines.join("\r\n")).split("\n")).toEqual(lines);
});

test("a short text is left alone", () => {
  expect(shorten(" Store 5 \n 4002-8922 ")).toBe("Store 5 \n 4002-8922");
});
