import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize, deny } from "../access/authorize.ts";
import { isScope, type Scope } from "../access/permissions.ts";
import { toOwnTarget } from "../access/targets.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { nameText } from "../name-text.ts";
import { parseInput } from "../parse-input.ts";
import { ownPasswordSchema, requireFreshSignIn } from "../sign-in/require-fresh-sign-in.ts";
import { addToken, type CreatedToken, expiresAtSchema } from "./add-token.ts";
import { isTokenSecret, newTokenSecret, type TokenSecret, toTokenSecret } from "./token-secret.ts";

const anyTokenSchema = {
  name: nameText({ name: "The token's name", max: 100 }),
  expiresAt: expiresAtSchema,
  /** For the demo only, whose tokens exist before its database does. */
  secret: z.string().optional(),
  password: ownPasswordSchema,
};

export const serviceTokenSchema = z.strictObject({
  kind: z.literal("service"),
  scopes: z.array(z.custom<Scope>((value) => typeof value === "string" && isScope(value))).min(1),
  ...anyTokenSchema,
});

export const personalTokenSchema = z.strictObject({
  kind: z.literal("personal"),
  personId: z.uuid(),
  ...anyTokenSchema,
});

const createTokenSchema = z.discriminatedUnion("kind", [serviceTokenSchema, personalTokenSchema]);

export type CreateTokenInput = z.input<typeof createTokenSchema>;
type Parsed = z.output<typeof createTokenSchema>;

/**
 * Makes a token. A service token takes `token:manage`. A personal token is made by its person
 * and nobody else (an admin's would be impersonation), or by the console for its demo. It outlives
 * the session it is made in, so its maker shows once more who they are (requireFreshSignIn).
 *
 * @throws AppError FORBIDDEN, INVALID_INPUT, NOT_FOUND for an unknown person, CONFLICT
 */
export async function createToken(actor: Actor, input: CreateTokenInput): Promise<CreatedToken> {
  const parsed = parseInput(createTokenSchema, input);
  authorizeFor(actor, parsed);
  await requireFreshSignIn(actor, { password: parsed.password, action: "token.created" });
  const made = takeSecret(parsed);
  const personId = parsed.kind === "personal" ? parsed.personId : null;
  const scopes = parsed.kind === "service" ? [...new Set(parsed.scopes)] : [];
  return await inAuditedTransaction(actor, async (tx) => {
    if (personId !== null && !(await tx.db.person.findUnique({ where: { id: personId } }))) {
      throw new AppError("NOT_FOUND", "There is no such person.");
    }
    const { name, expiresAt } = parsed;
    return await addToken(tx, { name, expiresAt, personId, scopes, made, replaces: null });
  });
}

function authorizeFor(actor: Actor, parsed: Parsed): void {
  if (parsed.kind === "service" || actor.type === "system") {
    authorize(actor, "token:manage");
    return;
  }
  if (actor.type === "person" && actor.id === parsed.personId) return;
  const message = "A personal token can be made by its own person only.";
  throw deny(actor, { why: "somebody else's", target: toOwnTarget(actor), message });
}

function takeSecret({ kind, secret }: Parsed): TokenSecret {
  if (secret === undefined) return newTokenSecret(kind);
  if (isTokenSecret(kind, secret)) return toTokenSecret(secret);
  throw new AppError("INVALID_INPUT", "The given secret does not have the form of a token.");
}
