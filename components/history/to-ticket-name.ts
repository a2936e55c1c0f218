/**
 * A ticket's address in short, the host and the last part of its path: `tickets.test/CRM-4711`. What is no
 * address is returned as it is.
 */
export function toTicketName(ticketUrl: string): string {
  if (!URL.canParse(ticketUrl)) return ticketUrl;
  const { host, pathname } = new URL(ticketUrl);
  const last = pathname.split("/").findLast((part) => part !== "");
  return last === undefined ? host : `${host}/${decode(last)}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
