import type { Origin } from "../access/actor.ts";
import { toAnonymousActor } from "../access/refusal.ts";
import { refusals } from "../access/refusal-log.ts";
import { toPersonTarget } from "../access/targets.ts";
import { markPersonal, markPersonalOrNull } from "../audit/private/personal-value.ts";
import type { Person } from "../db/generated/client.ts";
import type { OpenIdIdentity } from "./openid-identity.ts";

/** Records that somebody with a valid identity was refused; without their address, which may be unknown here. */
export function recordOpenIdRefusal(
  { issuer, subject }: OpenIdIdentity,
  { origin, person, why }: { origin: Origin; person: Person | null; why: string },
): void {
  refusals().record({
    actor: toAnonymousActor(origin),
    action: "session.started",
    outcome: "denied",
    target: person
      ? toPersonTarget(person)
      : { type: "session", id: "unknown", display: `Somebody of ${issuer}` },
    details: { method: "openid", why, openIdSubject: markPersonal(person?.id ?? null, subject) },
  });
}

/** Records that a provider's response was refused: forged, late, or for a sign-in that began elsewhere. */
export function recordRefusedAnswer(origin: Origin): void {
  refusals().record({
    actor: toAnonymousActor(origin),
    action: "session.started",
    outcome: "failed",
    target: { type: "session", id: "unknown", display: "Somebody" },
    details: { method: "openid", why: "answer refused", from: markPersonalOrNull(null, origin.ip) },
  });
}
