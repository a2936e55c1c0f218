import { expect, test } from "vitest";
import { shorten, toSearchParams } from "./to-search-params.ts";

function toForm(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test("what is not set does not appear in the address", () => {
  const form = toForm({ q: "  ", state: "in-service", account: "", sort: "label" });
  expect(toSearchParams(form).toString()).toBe("");
});

test("what is set does", () => {
  const form = toForm({ q: " acme ", state: "all", account: "a1", sort: "changed" });
  expect(toSearchParams(form).toString()).toBe("q=acme&state=all&account=a1&sort=changed");
});

test("of a pasted e-mail the numbers stay, so that the address fits into a request", () => {
  const lines = Array.from({ length: 500 }, (_, line) => `Store ${line}: +55 11 9${1e7 + line}`);
  const search = toSearchParams(toForm({ q: lines.join("\n") })).toString();
  expect(search.length).toBeLessThan(10_000);
  expect(shorten("Call +44 20 7183 8750, or 106540352242922.")).toBe(
    "442071838750\n106540352242922",
  );
});

test("shortening what is short changes nothing", () => {
  const numbers = shorten("+44 20 7183 8750\n106540352242922");
  expect(shorten(numbers)).toBe(numbers);
});
