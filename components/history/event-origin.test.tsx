import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { AuditEvent } from "#lib/audit/event.ts";
import messages from "../../messages/en.json" with { type: "json" };
import { EventOrigin } from "./event-origin.tsx";

const ID = "5cad1d31-af97-4339-8e11-d21706b82cd9";

function render(onBehalfOf?: object, more?: object): string {
  const actor = { type: "person", id: "b", email: "bo@x.test", name: "Bo", role: "support" };
  const origin = { channel: "request", ip: null, userAgent: null, requestId: "r-1", ...more };
  const event = { actor, ...origin, revision: null, onBehalfOf } as AuditEvent;
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
      <EventOrigin event={event} />
    </NextIntlClientProvider>,
  );
  return html.replaceAll("</p>", "\n").replace(/<[^>]+>/g, "");
}

test("what somebody approved names who asked for it, also once they were erased", () => {
  const asked = { id: ID, role: "account_manager", name: "Ana", email: "ana@x.test" };
  expect(render(asked)).toBe(
    "Bo, Support (bo@x.test) · on behalf of Ana (ana@x.test) · Request\nRequest r-1\n",
  );
  expect(render({ ...asked, name: null, email: null })).toContain(
    "on behalf of Erased person d21706b82cd9 · Request",
  );
  expect(render()).toBe("Bo, Support (bo@x.test) · Request\nRequest r-1\n");
});

test("a browser is named in words, and any other program as it names itself", () => {
  const chrome =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
  expect(render(undefined, { ip: "10.0.0.1", userAgent: chrome })).toContain(
    "from 10.0.0.1 · Chrome on macOS\n",
  );
  expect(render(undefined, { userAgent: "curl/8.5.0" })).toContain("Request · curl/8.5.0\n");
});
