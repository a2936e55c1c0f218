import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { AuditEvent } from "#lib/audit/event.ts";
import messages from "../../messages/en.json" with { type: "json" };
import { AuditEntries } from "../audit/audit-entries.tsx";
import { History } from "./history.tsx";

const archived = { throughSeq: 8, until: "2026-05-02T00:00:00.000Z" };
const NOTE = "Entries 1 to 8 of the trail, until May 2, 2026, were moved into archives";
const NOTHING = "Nothing has happened to this number yet";

function toHtml(content: ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
      {content}
    </NextIntlClientProvider>,
  );
}

const number = {
  phoneNumberId: "106540352242922",
  displayPhoneNumber: "+15550000001",
  label: "Acme support",
  account: { id: "1", name: "Acme", manager: null },
  portfolioId: "1",
  wabaId: "1",
  acceptsBsuid: false,
  flagVersion: 0,
  flagRevision: 0,
  flagChangedAt: null,
  flagChangedBy: null,
  retiredAt: null,
};

const event: AuditEvent = {
  seq: 9,
  id: "019aa000-0000-7000-8000-000000000009",
  occurredAt: "2026-11-01T00:00:00.000Z",
  schema: 1,
  action: "flag.enabled",
  outcome: "success",
  actor: { type: "person", id: "1", email: "pat@staff.test", name: "Pat", role: "support" },
  target: { type: "number", id: "106540352242922", display: "Acme support" },
  before: { acceptsBsuid: false },
  after: { acceptsBsuid: true },
  reason: "Acme asked",
  ticketUrl: null,
  revision: 9,
  requestId: "request",
  channel: "ui",
  ip: null,
  userAgent: null,
  prevHash: "a".repeat(64),
  hash: "b".repeat(64),
};

const toHistory = (page: Parameters<typeof History>[0]["history"]) =>
  toHtml(
    <History
      number={number}
      history={page}
      forced={new Map()}
      canSetFlag={false}
      needsTwoPeople={false}
      canReadTrail={false}
      isOlder={false}
    />,
  );

test("a history whose beginning is in archives says so below its last entry, and only there", () => {
  const last = toHistory({ items: [], nextCursor: null, archived });
  expect(last).toContain(NOTE);
  expect(last).not.toContain(NOTHING);
  expect(toHistory({ items: [], nextCursor: "9", archived })).not.toContain(NOTE);
  const whole = toHistory({ items: [], nextCursor: null, archived: null });
  expect(whole).toContain(NOTHING);
  expect(whole).not.toContain("archives");
});

const toEntries = (
  page: Parameters<typeof AuditEntries>[0]["page"],
  olderHref: `/audit?${string}` | null,
) =>
  toHtml(
    <AuditEntries
      page={page}
      isFiltered
      newestHref={null}
      olderHref={olderHref}
      exportForm={null}
    />,
  );

test("the page Audit says so below the last entry that is left, and where nothing was found", () => {
  expect(toEntries({ items: [], nextCursor: null, archived }, null)).toContain(NOTE);
  expect(toEntries({ items: [event], nextCursor: null, archived }, null)).toContain(NOTE);
  expect(toEntries({ items: [event], nextCursor: "9", archived }, "/audit?before=9")).not.toContain(
    NOTE,
  );
  expect(toEntries({ items: [event], nextCursor: null, archived: null }, null)).not.toContain(
    "archives",
  );
});
