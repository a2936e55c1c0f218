import { expect, test } from "vitest";
import { toTicketName } from "./to-ticket-name.ts";

test.each([
  ["https://tickets.test/browse/CRM-4711", "tickets.test", "/CRM-4711"],
  ["https://tickets.test/browse/CRM-4711/?focus=2#c", "tickets.test", "/CRM-4711"],
  ["https://tickets.test/", "tickets.test", ""],
  ["https://tickets.test:8443/a%20b", "tickets.test:8443", "/a b"],
  ["https://tickets.test/100%", "tickets.test", "/100%"],
  ["CRM-4711", "CRM-4711", ""],
])("%s is called %s%s", (ticketUrl, host, last) => {
  expect(toTicketName(ticketUrl)).toEqual({ host, last });
});
