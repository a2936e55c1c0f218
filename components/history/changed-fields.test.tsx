import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import messages from "../../messages/en.json" with { type: "json" };
import { ChangedFields } from "./changed-fields.tsx";

test.each([
  ["audit.exported", "Entries:"],
  ["person.erased", "Values erased:"],
])("what %s counts is called %s", (action, words) => {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
      <ChangedFields event={{ action, before: null, after: { count: 4 } }} />
    </NextIntlClientProvider>,
  );
  expect(html).toContain(`${words}</span>`);
});
