/**
 * A ticket's address in short, the host and the last part of its path: `tickets.test` and `/CRM-4711`.
 * What is no address is the host, and without a path the last part is "".
 */
export function toTicketName(ticketUrl: string): { host: string; last: string } {
  if (!URL.canParse(ticketUrl)) return { host: ticketUrl, last: "" };
  const { host, pathname } = new URL(ticketUrl);
  const last = pathname.split("/").findLast((part) => part !== "");
  return { host, last: last === undefined ? "" : `/${decode(last)}` };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
