import type { IncomingMessage } from "node:http";

const ABSOLUTE = /^https?:\/\/[^/?#]*(.*)$/i;

/** Reduces a target with scheme and host, as proxies send it (RFC 9112, 3.2.2), to its path and query. */
export function toPathTarget(message: Pick<IncomingMessage, "url">): void {
  const [, rest] = ABSOLUTE.exec(message.url ?? "") ?? [];
  if (rest === undefined) return;
  message.url = rest.startsWith("/") ? rest : `/${rest}`;
}
