import { expect, test } from "vitest";
import { toAuditSearch } from "./to-audit-search.ts";

function aForm(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test("what is not set stays out of the address, and blanks around the rest", () => {
  const form = aForm({ action: "flag.enabled", number: "  123 ", channel: "", from: "" });
  expect(toAuditSearch(form).toString()).toBe("action=flag.enabled&number=123");
});

test("a time goes in as an instant, which is the same for everybody", () => {
  const local = new Date(2026, 10, 22, 10, 0);
  expect(toAuditSearch(aForm({ from: "2026-11-22T10:00" })).get("from")).toBe(local.toISOString());
});
