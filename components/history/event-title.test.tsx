import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { AuditEvent } from "#lib/audit/event.ts";
import messages from "../../messages/en.json" with { type: "json" };
import { EventTitle } from "./event-title.tsx";

const A_NUMBER = { type: "number", id: "106540352242922" };

function render(actorName: string | null, display: string | null, target = A_NUMBER): string {
  const event = {
    action: "flag.enabled",
    outcome: "success",
    actor: {
      type: "person",
      id: "5cad1d31-af97-4339-8e11-d21706b82cd9",
      email: "zoe@example.com",
      name: actorName,
      role: "support",
    },
    target: { ...target, display },
  } as AuditEvent;
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
      <EventTitle event={event} />
    </NextIntlClientProvider>,
  );
}

test("right-to-left names reverse neither the sentence nor the phone beside them", () => {
  const html = render("זואי", "تجربة (+5511912345678)");
  expect(html).toContain("<bdi>זואי</bdi>");
  expect(html).toContain("<bdi>تجربة</bdi> (+5511912345678)");
});

test("a label with parentheses of its own keeps them", () => {
  expect(render("Zoe", "Loja (SP) (+5511912345678)")).toContain(
    "<bdi>Loja (SP)</bdi> (+5511912345678)",
  );
  expect(render("Zoe", "Loja (SP)")).toContain("<bdi>Loja (SP)</bdi>");
});

test('a page calls what it shows itself "this number", and another thing by its name', () => {
  const event = { action: "flag.enabled", outcome: "success" } as const;
  const actor = { type: "system", id: "x", email: null, name: "roster", role: null };
  const of = (target: object) =>
    renderToStaticMarkup(
      <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
        <EventTitle event={{ ...event, actor, target } as AuditEvent} pageOf="number" />
      </NextIntlClientProvider>,
    ).replace(/<[^>]+>/g, "");
  expect(of({ ...A_NUMBER, display: "Loja" })).toBe("The console turned on this number");
  expect(of({ type: "batch", id: "b", display: "Two numbers" })).toContain("Two numbers");
});

test("people who were erased are told apart by their ids, as on the page People", () => {
  expect(render(null, "Loja")).toContain("<bdi>Erased person d21706b82cd9</bdi>");
});

test("numbers, accounts and requests lead to their pages, what was refused leads nowhere", () => {
  const id = "5cad1d31-af97-4339-8e11-d21706b82cd9";
  const account = (id: string) => render("Zoe", "Acme", { type: "account", id });
  expect(render("Zoe", "Loja")).toContain('href="/numbers/106540352242922"');
  expect(account(id)).toContain(`href="/accounts/${id}"`);
  const request = render("Zoe", "Turn on Loja", { type: "request", id });
  expect(request).toContain(`href="/requests/${id}"`);
  expect(account("account:manage")).not.toContain("href");
});
