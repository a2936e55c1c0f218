import { expect, test } from "vitest";
import { toAuditSearch } from "./to-audit-search.ts";

function aForm(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test("the address leaves out fields that are not set, and trims the rest", () => {
  const form = aForm({ action: "flag.enabled", number: "  123 ", channel: "", from: "" });
  expect(toAuditSearch(form, "UTC").toString()).toBe("action=flag.enabled&number=123");
});

test.each([
  ["2026-11-22T10:00", "America/Sao_Paulo", "2026-11-22T13:00:00.000Z", "2026-11-22T13:00:00.000Z"],
  // A repeated local time, and a skipped one.
  ["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z", "2026-11-01T06:30:00.000Z"],
  ["2026-03-08T02:30", "America/New_York", "2026-03-08T07:00:00.000Z", "2026-03-08T06:59:00.000Z"],
])("%s of %s goes in as the instants of its first and its last minute", (local, zone, from, to) => {
  const search = toAuditSearch(aForm({ from: local, to: local }), zone);
  expect(Object.fromEntries(search)).toEqual({ from, to });
});

test("an invalid time goes in unchanged, and the page refuses it", () => {
  const form = aForm({ from: "275760-09-13T00:00" });
  expect(toAuditSearch(form, "UTC").get("from")).toBe("275760-09-13T00:00");
});
