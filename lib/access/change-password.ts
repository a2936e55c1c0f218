import { z } from "zod";
import { db } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import type { Actor, PersonActor } from "./actor.ts";
import { deny } from "./authorize.ts";
import { changePerson } from "./change-person.ts";
import {
  hashPassword,
  MOST_PASSWORD_CHARACTERS,
  matchesPassword,
  newPasswordSchema,
} from "./password.ts";
import { toPersonTarget } from "./person-record.ts";
import { refusals } from "./refusal-log.ts";
import { beginAttempt, TooManyAttempts } from "./sign-in-throttle.ts";

const changeSchema = z
  .strictObject({
    currentPassword: z.string().min(1).max(MOST_PASSWORD_CHARACTERS),
    newPassword: newPasswordSchema,
  })
  .refine((given) => given.newPassword !== given.currentPassword, {
    path: ["newPassword"],
    message: "The new password must differ from the current one.",
  });

/**
 * Changes one's own password, and ends one's other sessions: whoever else knew the old one is out.
 * Takes the current password too, since a browser left open is not its owner; wrong ones count as
 * wrong ones at sign-in do. Not with a token, which would outlive a password it changed.
 *
 * @throws AppError FORBIDDEN, INVALID_INPUT for a wrong current password or a poor new one
 * @throws TooManyAttempts
 */
export async function changePassword(
  actor: Actor,
  input: z.input<typeof changeSchema>,
): Promise<void> {
  if (actor.type !== "person" || actor.sessionId === null) {
    const message = "Only a person who is signed in with a browser can change their password.";
    throw deny(actor, { permission: "person:manage", message });
  }
  const { currentPassword, newPassword } = parseInput(changeSchema, input);
  await requirePassword(actor, currentPassword);
  const passwordHash = await hashPassword(newPassword);
  const which = { personId: actor.id, reason: null, keptSessionId: actor.sessionId };
  await changePerson(actor, which, () => ({
    action: "person.password_changed",
    data: { passwordHash, isPasswordTemporary: false },
    before: null,
    after: null,
  }));
}

async function requirePassword(actor: PersonActor, password: string): Promise<void> {
  const { id, email, origin } = actor;
  const attempt = await beginAttempt({ email, ip: origin.ip }).catch((error: unknown) => {
    if (error instanceof TooManyAttempts) noteFailure(actor, "too many attempts");
    throw error;
  });
  const { passwordHash } = await db().person.findUniqueOrThrow({ where: { id } });
  if (await matchesPassword(password, passwordHash)) return await attempt.succeed();
  noteFailure(actor, "wrong password");
  const message = "The current password is not the right one.";
  throw new AppError("INVALID_INPUT", message, [{ path: "currentPassword", message }]);
}

function noteFailure(actor: PersonActor, why: string): void {
  refusals().note({
    actor,
    action: "person.password_changed",
    outcome: "failed",
    target: toPersonTarget(actor),
    details: { why },
  });
}
