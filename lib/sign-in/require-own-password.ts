import type { PersonActor } from "../access/actor.ts";
import { refusals } from "../access/refusal-log.ts";
import { toPersonTarget } from "../access/targets.ts";
import type { AuditAction } from "../audit/event.ts";
import { db } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { matchesPassword } from "../people/password.ts";
import { beginAttempt, TooManyAttempts } from "./sign-in-throttle.ts";

/** The action that needs the password, and the input's field with it. */
type Asked = { action: AuditAction; path: string };

/**
 * Checks the actor's own password, since their browser may have been left open. Wrong ones count as at
 * sign-in, and are recorded.
 *
 * @throws AppError INVALID_INPUT for a wrong password
 * @throws TooManyAttempts
 */
export async function requireOwnPassword(
  actor: PersonActor,
  password: string,
  asked: Asked,
): Promise<void> {
  const { id, email, origin } = actor;
  const attempt = await beginAttempt({ email, ip: origin.ip }).catch((error: unknown) => {
    if (error instanceof TooManyAttempts) recordFailure(actor, asked, "too many attempts");
    throw error;
  });
  const { passwordHash } = await db().person.findUniqueOrThrow({ where: { id } });
  if (await matchesPassword(password, passwordHash)) return await attempt.succeed();
  recordFailure(actor, asked, "wrong password");
  const message = "The current password is not the right one.";
  throw new AppError("INVALID_INPUT", message, [{ path: asked.path, message }]);
}

function recordFailure(actor: PersonActor, { action }: Asked, why: string): void {
  refusals().record({
    actor,
    action,
    outcome: "failed",
    target: toPersonTarget(actor),
    details: { why },
  });
}
