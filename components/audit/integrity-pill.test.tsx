import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Verification } from "#lib/audit/jobs/read-verification.ts";
import messages from "../../messages/en.json" with { type: "json" };
import { IntegrityPill } from "./integrity-pill.tsx";

const now = new Date("2026-11-27T10:00:00Z");
const verification: Verification = {
  verifiedAt: now,
  isWhole: true,
  isFull: true,
  firstSeq: 1,
  throughSeq: 209,
  problem: null,
  rechecked: null,
  fullAt: now,
  head: null,
  missingFiles: [],
  tookMs: 5,
  askedBy: null,
};

function toHtml(verified: Partial<Verification> | null, isSigned = true): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages} now={now}>
      <IntegrityPill
        verification={verified && { ...verification, ...verified }}
        isSigned={isSigned}
        endSeq={211}
        sheetId="integrity"
      />
    </NextIntlClientProvider>,
  );
}

const overdue = { verifiedAt: new Date("2026-11-25T09:59:59Z") };

test.each<[string, Partial<Verification> | null, string]>([
  ["Verified to 209 of 211", {}, "green"],
  ["Verified to 215 of 215", { throughSeq: 215 }, "green"],
  ["Verified 201 to 209 of 211", { isFull: false, firstSeq: 201 }, "green"],
  ["Nothing new since 209 of 211", { isFull: false, firstSeq: 210 }, "green"],
  ["Not verified yet", null, "muted"],
  ["Not verified yet", { throughSeq: 0 }, "muted"],
  ["Verification overdue", overdue, "amber"],
  ["Archives missing", { ...overdue, firstSeq: 101, missingFiles: ["a.jsonl"] }, "red"],
  ["Wrong from entry 203", { ...overdue, isWhole: false, throughSeq: 203 }, "red"],
])("%s: %j", (words, verified, tone) => {
  const html = toHtml(verified);
  expect(html.replaceAll(/<[^>]*>/g, "")).toBe(words);
  expect(html).toContain(`text-${tone}`);
});

test("a trail that is no longer signed says so whatever was verified", () => {
  for (const verified of [{}, { isWhole: false }, null]) {
    expect(toHtml(verified, false)).toMatch(/text-red.*No longer signed/);
  }
});
