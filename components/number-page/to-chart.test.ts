import { createFormatter, createTranslator } from "next-intl";
import { expect, test } from "vitest";
import messages from "../../messages/en.json" with { type: "json" };
import { toChartDays, toChartFlips, toScale } from "./to-chart.ts";

const t = createTranslator({ locale: "en", messages, namespace: "traffic" });
const format = createFormatter({ locale: "en" });
const aDay = (date: string, lost = 0, accepted = 0) => ({
  date,
  lost,
  accepted,
  withPhone: 0,
  unidentified: 0,
});
const DAYS = [aDay("2026-11-01", 3), aDay("2026-11-02", 0, 40)];

test("a chart's scale is its highest count, and at least 10", () => {
  expect(toScale([aDay("2026-11-01", 3)])).toBe(10);
  expect(toScale(DAYS)).toBe(40);
});

test("each day says what it lost and accepted, and the last is today", () => {
  const [first, last] = toChartDays(DAYS, { t, format });
  expect(first).toMatchObject({ label: "Nov 1", title: "Sun, Nov 1: 3 lost, 0 accepted" });
  expect(last).toMatchObject({ label: "Today", isMinor: false });
});

test("a month has at most seven dates on its axis", () => {
  const month = Array.from({ length: 30 }, (_, day) =>
    aDay(`2026-11-${String(day + 1).padStart(2, "0")}`),
  );
  const labels = toChartDays(month, { t, format }).filter(({ label }) => label !== "");
  expect(labels.length).toBeLessThanOrEqual(7);
});

test("flips lie where their time is, oldest first; those outside the days are left out", () => {
  const flips = [
    { id: "late", localAt: "2026-11-02T12:00", acceptsBsuid: false, who: "Ana" },
    { id: "early", localAt: "2026-11-01T00:00", acceptsBsuid: true, who: "Bo" },
    { id: "before", localAt: "2026-10-31T23:59", acceptsBsuid: true, who: "Cy" },
  ];
  expect(toChartFlips(flips, { days: DAYS, t, format })).toMatchObject([
    { key: "early", x: 0, isOn: true, words: "Bo turned it on" },
    { key: "late", x: 75, isOn: false, words: "Ana made it phone-only" },
  ]);
});
