import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { can, deny } from "../access/authorize.ts";
import { toTokenTarget } from "../access/targets.ts";
import { appendEvents } from "../audit/append-events.ts";
import type { AuditFields } from "../audit/event.ts";
import { db } from "../db/client.ts";
import type { Token } from "../db/generated/client.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { ownPasswordSchema, requireFreshSignIn } from "../sign-in/require-fresh-sign-in.ts";
import { addToken, type CreatedToken, expiresAtSchema } from "./add-token.ts";
import { DAY_MS, MAX_OVERLAP_DAYS } from "./token-life.ts";
import { newTokenSecret } from "./token-secret.ts";

export const rotateTokenSchema = z.strictObject({
  tokenId: z.uuid(),
  /** When the new token expires. */
  expiresAt: expiresAtSchema,
  /** How long the old token goes on working; 0: it ends now. */
  overlapMs: z
    .int()
    .min(0)
    .max(
      MAX_OVERLAP_DAYS * DAY_MS,
      `The old token may go on for at most ${MAX_OVERLAP_DAYS} days.`,
    ),
  password: ownPasswordSchema,
});

/**
 * Makes a new token for an old one of the same name, owner and scopes; the old one works until
 * the overlap is over, so that programs can be given the new one meanwhile. A service token
 * takes `token:manage`; a personal one is its person's alone. As with making one, they show once more who
 * they are (requireFreshSignIn).
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT for a token that has ended or was rotated already
 */
export async function rotateToken(
  actor: Actor,
  input: z.input<typeof rotateTokenSchema>,
): Promise<CreatedToken> {
  const { tokenId, expiresAt, overlapMs, password } = parseInput(rotateTokenSchema, input);
  requireMayRotate(actor, await db().token.findUnique({ where: { id: tokenId } }));
  await requireFreshSignIn(actor, { password, action: "token.rotated" });
  return await inAuditedTransaction(actor, async (tx) => {
    const old = await tx.db.token.findUnique({
      where: { id: tokenId },
      include: { replacedBy: { select: { prefix: true } } },
    });
    requireMayRotate(actor, old);
    if (!old) throw new AppError("NOT_FOUND", "There is no such token.");
    requireRotatable(old, tx.now);
    const { name, personId, scopes } = old;
    const made = newTokenSecret(personId === null ? "service" : "personal");
    const created = await addToken(tx, { name, personId, scopes, expiresAt, made, replaces: old });
    await shorten(tx, old, { overlapMs, replacedBy: created.prefix });
    return created;
  });
}

function requireMayRotate(actor: Actor, old: Token | null): void {
  const isPersonal = old !== null && old.personId !== null;
  const isOwn = isPersonal && actor.type === "person" && actor.id === old.personId;
  if (isOwn || (!isPersonal && can(actor, "token:manage"))) return;
  const message = "Only its person, or for a service an admin, can rotate a token.";
  if (old && isPersonal) {
    throw deny(actor, { why: "somebody else's", target: toTokenTarget(old), message });
  }
  const target = old ? { target: toTokenTarget(old) } : {};
  throw deny(actor, { permission: "token:manage", message, ...target });
}

function requireRotatable(old: Token & { replacedBy: object | null }, now: Date): void {
  const refuse = (message: string) => {
    throw new AppError("CONFLICT", message, [{ path: "tokenId", message }]);
  };
  if (old.replacedBy) refuse("This token was rotated already. Rotate the one that replaced it.");
  if (old.revokedAt || old.expiresAt <= now)
    refuse("This token has ended. Make a new one instead.");
}

/** Ends the old token after the overlap, but never later than it would have expired. */
async function shorten(
  tx: AuditedTransaction,
  old: Token,
  { overlapMs, replacedBy }: { overlapMs: number; replacedBy: string },
): Promise<void> {
  const worksUntil = new Date(tx.now.getTime() + overlapMs);
  const expiresAt = worksUntil < old.expiresAt ? worksUntil : old.expiresAt;
  await tx.db.token.update({ where: { id: old.id }, data: { expiresAt } });
  const before: AuditFields = { replacedBy: null };
  const after: AuditFields = { replacedBy };
  if (expiresAt < old.expiresAt) {
    before.expiresAt = old.expiresAt.toISOString();
    after.expiresAt = expiresAt.toISOString();
  }
  await appendEvents(tx, [{ action: "token.rotated", target: toTokenTarget(old), before, after }]);
}
