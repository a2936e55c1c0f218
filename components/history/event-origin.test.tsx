import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { AuditEvent } from "#lib/audit/event.ts";
import messages from "../../messages/en.json" with { type: "json" };
import { EventOrigin } from "./event-origin.tsx";

const ID = "5cad1d31-af97-4339-8e11-d21706b82cd9";

function render(onBehalfOf?: object): string {
  const actor = { type: "person", id: "b", email: "bo@x.test", name: "Bo", role: "support" };
  const event = { actor, channel: "request", ip: null, onBehalfOf } as AuditEvent;
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
      <EventOrigin event={event} isBrief />
    </NextIntlClientProvider>,
  );
  return html.replace(/<[^>]+>/g, "");
}

test("what somebody approved names who asked for it, also once they were erased", () => {
  const asked = { id: ID, role: "account_manager", name: "Ana", email: "ana@x.test" };
  expect(render(asked)).toBe("Bo, Support (bo@x.test) · on behalf of Ana (ana@x.test) · Request");
  expect(render({ ...asked, name: null, email: null })).toContain(
    "on behalf of Erased person d21706b82cd9 · Request",
  );
  expect(render()).toBe("Bo, Support (bo@x.test) · Request");
});
