import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import messages from "../messages/en.json" with { type: "json" };
import { Acceptance } from "./number-page/acceptance.tsx";
import { LastTime } from "./people/last-time.tsx";
import { LiveLine } from "./runtimes/live-line.tsx";
import { SettingsSection } from "./settings/settings-section.tsx";

const now = new Date("2026-11-22T10:00:00Z");

function toText(shown: ReactNode): string {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages} now={now}>
      {shown}
    </NextIntlClientProvider>,
  );
  return html.replaceAll(/<[^>]*>/g, " ");
}

test.each([
  [0, "0.1 s"],
  [0.02, "0.1 s"],
  [0.24, "0.3 s"],
  [3, "3.0 s"],
])("a duration of %s s is not rounded down", (secondsAfterChange, said) => {
  const state = { live: 1, total: 1, silent: 0, waitingFor: [], secondsAfterChange };
  expect(toText(<LiveLine state={state} />)).toContain(`Live on 1 of 1 runtime, ${said} after`);
});

test.each([
  ["2026-11-22T09:59:00Z", "Never"],
  ["2026-10-24T10:00:00Z", "Never"],
  ["2026-10-22T10:00:00Z", "Not in 30 days"],
])("a person added at %s without a session left was seen: %s", (createdAt, said) => {
  expect(toText(<LastTime at={null} person={{ createdAt }} />)).toBe(said);
});

const NUMBER = {
  acceptsBsuid: false,
  retiredAt: null,
  flagRevision: 0,
  flagChangedAt: null,
  flagChangedBy: null,
} as NumberRecord;
const LIVE = { live: 0, total: 0, silent: 0, waitingFor: [], secondsAfterChange: null };

test.each([
  [true, "In this session you can view this, but not change it"],
  [false, "Your role can view this, but not change it"],
])(
  "a person who may not change a flag sees whether their session is why: %s",
  (isBySession, said) => {
    const may = { canSetFlag: false, canAsk: false, needsTwoPeople: false };
    const shown = { number: NUMBER, live: LIVE, ...may, isBySession };
    expect(toText(<Acceptance {...shown} />)).toContain(said);
  },
);

test("a measured value is not described as the same in every installation", () => {
  const lines = [{ name: "Clock", value: "Right", setBy: "measured" } as const];
  expect(toText(<SettingsSection title="S" lines={lines} />)).toMatch(/Right\s+As it is now/);
});
