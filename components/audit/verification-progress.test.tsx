import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { VerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import messages from "../../messages/en.json" with { type: "json" };
import { VerificationProgress } from "./verification-progress.tsx";

const run: VerificationRun = {
  state: "running",
  askedBy: "Ana",
  askedAt: "2026-11-22T10:00:00.000Z",
  begunAt: "2026-11-22T10:00:02.000Z",
  entriesRead: 4_000,
  ofEntries: 9_168,
  failure: null,
};

function toHtml(facts: Partial<VerificationRun>): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
      <VerificationProgress run={{ ...run, ...facts }} />
    </NextIntlClientProvider>,
  );
}

test.each<[Partial<VerificationRun>, RegExp]>([
  [{ state: "requested", begunAt: null }, /^Ana asked for .* on Nov 22, 2026, 10:00:00.AM\./],
  [
    { entriesRead: 0, ofEntries: null },
    /^The verification that Ana asked for began on .*10:00:02.AM\.$/,
  ],
  [{}, /Ana asked for began on .*: 4,000 of 9,168 entries read\.$/],
  [{ entriesRead: 9_168 }, /all 9,168 entries are read, and are now compared with the ledger/],
  [{ askedBy: null }, /^The console’s own verification began on .*: 4,000 of 9,168/],
  [
    { state: "failed", failure: "silent" },
    /Ana asked for on .* has no result, .*30 seconds\. Verify again\.$/,
  ],
  [
    { state: "failed", failure: "unavailable", askedBy: null },
    /own .* has no result, .* could not be reached/,
  ],
  [{ state: "done" }, /^$/],
])("a run's progress is shown: %j", (facts, words) => {
  expect(toHtml(facts).replaceAll(/<[^>]*>/g, "")).toMatch(words);
});

test("the bar shows how many entries were read of how many, once that is known", () => {
  expect(toHtml({})).toContain('max="9168" value="4000"');
  expect(toHtml({ ofEntries: null })).not.toContain("value=");
});
