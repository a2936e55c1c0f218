import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { AuditEvent } from "#lib/audit/event.ts";
import { DayHeadings } from "./day-headings.tsx";

const now = new Date("2026-11-27T10:00:00Z");

function toHeadings(times: string[], timeZone = "UTC"): string[] {
  const events = times.map((occurredAt) => ({ id: occurredAt, occurredAt }) as AuditEvent);
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone={timeZone} messages={{}} now={now}>
      <DayHeadings events={events}>{(of) => of.map(({ id }) => <li key={id} />)}</DayHeadings>
    </NextIntlClientProvider>,
  );
  return [...html.matchAll(/<h3[^>]*>(.*?)<\/h3>/g)].map(([, words]) => words ?? "");
}

test("days are named by the reader's clocks", () => {
  const times = ["2026-11-26T23:30:00Z", "2026-11-26T12:00:00Z"];
  expect(toHeadings(times)).toEqual(["Thursday, November 26"]);
  expect(toHeadings(times, "Asia/Tokyo")).toEqual(["Friday, November 27", "Thursday, November 26"]);
});

test("a day of another year names its year", () => {
  expect(toHeadings(["2025-12-31T12:00:00Z"])).toEqual(["Wednesday, December 31, 2025"]);
  const midnight = ["2026-01-01T00:30:00Z"];
  expect(toHeadings(midnight, "America/Bogota")).toEqual(["Wednesday, December 31, 2025"]);
});
