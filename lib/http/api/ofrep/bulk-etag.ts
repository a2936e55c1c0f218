import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Actor } from "../../../access/actor.ts";
import { EvaluationError } from "./evaluation-error.ts";

/** Everything that a bulk answer may depend on. */
type Evaluated = { cursor: string; context: Readonly<Record<string, unknown>>; actor: Actor };

/**
 * The entity tag of a bulk answer, without quotes: the cursor, and a hash of it with the context and the
 * token's permissions. OFREP leaves open whether a tag covers the context, and clients keep theirs when
 * anything but the targeting key changes, so ours covers all of it.
 *
 * @throws EvaluationError INVALID_CONTEXT when the context has no canonical JSON form (RFC 8785)
 */
export function toBulkEtag({ cursor, context, actor }: Evaluated): string {
  const text = toCanonical([cursor, context, toTokenScope(actor)]);
  return `${cursor}.${createHash("sha256").update(text).digest("base64url").slice(0, 22)}`;
}

function toTokenScope(actor: Actor): string[] {
  if (actor.type === "person") return [actor.role];
  return [...(actor.type === "service" ? actor.scopes : actor.permissions)].sort();
}

function toCanonical(value: unknown): string {
  try {
    return canonicalize(value) ?? "";
  } catch {
    const message = "The context has a number or a text that JSON cannot hold exactly.";
    throw new EvaluationError("INVALID_CONTEXT", message);
  }
}
