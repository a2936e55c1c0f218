import { z } from "zod";
import type { Origin, PersonActor } from "../access/actor.ts";
import { toAnonymousActor } from "../access/refusal.ts";
import { refusals } from "../access/refusal-log.ts";
import { toPersonTarget } from "../access/targets.ts";
import { markPersonalOrNull } from "../audit/private/personal-value.ts";
import { db } from "../db/client.ts";
import type { Person } from "../db/generated/client.ts";
import { MAX_PASSWORD_CHARACTERS, matchesPassword } from "../people/password.ts";
import { emailSchema } from "../people/person-record.ts";
import { PASSWORD_MAKER_SELECT, toPersonActor } from "../sessions/to-person-actor.ts";
import { beginAttempt, TooManyAttempts } from "./sign-in-throttle.ts";

const credentialsSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(MAX_PASSWORD_CHARACTERS),
});

/**
 * Checks an address and password. Returns null, in the same time, for a wrong password, an unknown
 * address, a person without a password, and a disabled person. Records what was wrong, but never what
 * was typed.
 *
 * @throws TooManyAttempts, for existing and unknown accounts
 */
export async function signInWithPassword(
  credentials: unknown,
  origin: Origin,
): Promise<PersonActor | null> {
  const parsed = credentialsSchema.safeParse(credentials);
  if (!parsed.success) return null;
  const { email, password } = parsed.data;
  const person = await db().person.findUnique({
    where: { email },
    include: { passwordMadeBy: { select: PASSWORD_MAKER_SELECT } },
  });
  const attempt = await beginAttempt({ email, ip: origin.ip }).catch((error: unknown) => {
    if (error instanceof TooManyAttempts)
      recordFailure(person, { origin, why: "too many attempts" });
    throw error;
  });
  const isMatch = await matchesPassword(password, person?.passwordHash ?? null);
  if (!person || !isMatch || person.disabledAt) {
    const why = isMatch ? "disabled" : "wrong password";
    recordFailure(person, { origin, why: person ? why : "unknown address" });
    return null;
  }
  await attempt.succeed();
  return toPersonActor(person, { passwordMaker: person.passwordMadeBy, origin });
}

function recordFailure(
  person: Person | null,
  { origin, why }: { origin: Origin; why: string },
): void {
  refusals().record({
    actor: toAnonymousActor(origin),
    action: "session.started",
    outcome: why === "disabled" ? "denied" : "failed",
    // An unknown address is often a mistyped password, or of somebody elsewhere: it is not recorded.
    target: person
      ? toPersonTarget(person)
      : { type: "session", id: "unknown", display: "Nobody's address" },
    details: {
      method: "password",
      why,
      ...(person ? {} : { from: markPersonalOrNull(null, origin.ip) }),
    },
  });
}
