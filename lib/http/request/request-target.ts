import type { IncomingMessage } from "node:http";

const ABSOLUTE = /^https?:\/\/[^/?#]*(.*)$/i;

/** Makes a target with scheme and host, as proxies write it (RFC 9112, 3.2.2), the path that it means. */
export function toPathTarget(message: Pick<IncomingMessage, "url">): void {
  const [, rest] = ABSOLUTE.exec(message.url ?? "") ?? [];
  if (rest === undefined) return;
  message.url = rest.startsWith("/") ? rest : `/${rest}`;
}
