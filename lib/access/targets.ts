import type { AuditTarget } from "../audit/event.ts";
import type { Token } from "../db/generated/client.ts";

/** How the trail names a token: never by its secret. */
export function toTokenTarget(token: Pick<Token, "id" | "name" | "prefix">): AuditTarget {
  return { type: "token", id: token.id, display: `${token.name} (${token.prefix}…)` };
}
