import type { Origin } from "../access/actor.ts";
import { toNobody } from "../access/refusal.ts";
import { refusals } from "../access/refusal-log.ts";
import { toPersonTarget } from "../access/targets.ts";
import { personal, personalOrNull } from "../audit/private/personal.ts";
import type { Person } from "../db/generated/client.ts";
import type { OpenIdIdentity } from "./openid-identity.ts";

/** Notes that somebody whom the provider vouches for is not let in. Not their address: it may be nobody's here. */
export function noteOpenIdRefusal(
  { issuer, subject }: OpenIdIdentity,
  { origin, person, why }: { origin: Origin; person: Person | null; why: string },
): void {
  refusals().note({
    actor: toNobody(origin),
    action: "session.started",
    outcome: "denied",
    target: person
      ? toPersonTarget(person)
      : { type: "session", id: "unknown", display: `Somebody of ${issuer}` },
    details: { method: "openid", why, openIdSubject: personal(person?.id ?? null, subject) },
  });
}

/** Notes that a provider's answer was not accepted: forged, late, or of a sign-in begun elsewhere. */
export function noteRefusedAnswer(origin: Origin): void {
  refusals().note({
    actor: toNobody(origin),
    action: "session.started",
    outcome: "failed",
    target: { type: "session", id: "unknown", display: "Somebody" },
    details: { method: "openid", why: "answer refused", from: personalOrNull(null, origin.ip) },
  });
}
