import { NextIntlClientProvider } from "next-intl";
import type { ComponentProps } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import messages from "../../messages/en.json" with { type: "json" };
import { ChangedFields } from "./changed-fields.tsx";

function render(event: ComponentProps<typeof ChangedFields>["event"]): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
      <ChangedFields event={event} />
    </NextIntlClientProvider>,
  );
}

test.each([
  ["audit.exported", "Entries:"],
  ["person.erased", "Values erased:"],
])("what %s counts is called %s", (action, words) => {
  const html = render({ action, before: null, after: { count: 4 } });
  expect(html).toContain(`${words}</span>`);
});

test.each([
  ["a name that was erased", { name: null }, "erased"],
  ["a manager who was erased", { managerEmail: null, managerId: "one" }, "erased"],
  ["no manager", { managerEmail: null, managerId: null }, "nothing"],
  ["no account at the provider", { openIdSubject: null, openIdIssuer: null }, "nothing"],
])("%s is shown as such", (_, after, words) => {
  expect(render({ action: "person.created", before: null, after })).toContain(`>${words}</bdi>`);
});

test("an edited request shows what differs, in words, and not what stayed or serves programs", () => {
  const html = render({
    action: "request.edited",
    before: { version: 1, reason: "As before", ticketUrl: null },
    after: { version: 2, reason: "As before", ticketUrl: "https://tickets.test/1" },
  });
  expect(html).toContain("Ticket:</span>");
  expect(html).not.toMatch(/As before|ersion|Ticket url/);
});

test.each([
  ["request.opened", "open", ">Open</bdi>"],
  ["schedule.created", "waiting", ">Waiting</bdi>"],
])("a new entry %s shows its state in words, and no count of nothing", (action, state, words) => {
  const after = { state, turnOn: 2, makePhoneOnly: 0, phoneNumberIds: "1, 2" };
  const html = render({ action, before: null, after });
  expect(html).toContain(words);
  expect(html).toContain("Numbers to turn on:</span>");
  expect(html).not.toMatch(/phone only|to make phone-only/i);
});
