import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import messages from "../../messages/en.json" with { type: "json" };
import { LastChange } from "./last-change.tsx";

const at = "2026-11-22T10:00:00.000Z";
const zoe = { email: "zoe@example.com", name: "Zoe" };

test.each([
  [
    "a retired number that never changed",
    { flagChangedAt: null, flagChangedBy: null, retiredAt: at },
    "Retired",
  ],
  [
    "a retired number that did",
    { flagChangedAt: at, flagChangedBy: zoe, retiredAt: at },
    "Retired",
  ],
  ["a number that did", { flagChangedAt: at, flagChangedBy: zoe, retiredAt: null }, "Zoe"],
  [
    "a number that never changed",
    { flagChangedAt: null, flagChangedBy: null, retiredAt: null },
    "Never changed",
  ],
])("the last change of %s", (_, number, words) => {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages} now={new Date(at)}>
      <LastChange number={number} />
    </NextIntlClientProvider>,
  );
  expect(html.replaceAll(/<[^>]*>/g, " ").trim()).toMatch(new RegExp(`^${words}`));
});
