import { z } from "zod";
import { appendEvents } from "../audit/append-events.ts";
import type { AuditTarget } from "../audit/event.ts";
import type { Token } from "../db/generated/client.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { text } from "../text.ts";
import type { Actor } from "./actor.ts";
import { authorize } from "./authorize.ts";
import { isScope, type Scope } from "./permissions.ts";
import { isTokenSecret, newTokenSecret, toTokenSecret } from "./token-secret.ts";

const LONGEST_LIFE_DAYS = 366;
const DAY_MS = 86_400_000;

const anyTokenSchema = {
  name: text({ name: "The token's name", max: 100 }),
  expiresAt: z.date().refine((date) => {
    const lifeMs = date.getTime() - Date.now();
    return lifeMs > 0 && lifeMs <= LONGEST_LIFE_DAYS * DAY_MS;
  }, "A token must expire in the future, within 366 days."),
  /** Given for the demo only, whose tokens are known before its database exists. */
  secret: z.string().optional(),
};

const createTokenSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("service"),
    scopes: z.array(z.custom<Scope>((value) => typeof value === "string" && isScope(value))).min(1),
    ...anyTokenSchema,
  }),
  z.strictObject({ kind: z.literal("personal"), personId: z.uuid(), ...anyTokenSchema }),
]);

export type CreateTokenInput = z.input<typeof createTokenSchema>;
type Parsed = z.output<typeof createTokenSchema>;

/** The secret is in this answer and nowhere else. */
export type CreatedToken = { id: string; secret: string; prefix: string };

/**
 * Makes a token. A service token takes `token:manage`. A personal token is made by its person
 * and nobody else (an admin's would be impersonation), or by the console for its demo.
 *
 * @throws AppError FORBIDDEN, INVALID_INPUT, NOT_FOUND for an unknown person
 */
export async function createToken(actor: Actor, input: CreateTokenInput): Promise<CreatedToken> {
  const parsed = parseInput(createTokenSchema, input);
  authorizeFor(actor, parsed);
  const { secret, hash, prefix } = takeSecret(parsed);
  const personId = parsed.kind === "personal" ? parsed.personId : null;
  const scopes = parsed.kind === "service" ? [...parsed.scopes] : [];
  return await inAuditedTransaction(actor, async (tx) => {
    if (personId !== null && !(await tx.db.person.findUnique({ where: { id: personId } }))) {
      throw new AppError("NOT_FOUND", "There is no such person.");
    }
    const { name, expiresAt } = parsed;
    const token = await tx.db.token.create({
      data: { name, expiresAt, hash, prefix, personId, scopes },
    });
    const after = {
      kind: parsed.kind,
      scopes: scopes.join(" "),
      expiresAt: expiresAt.toISOString(),
    };
    await appendEvents(tx, [
      { action: "token.created", target: toTokenTarget(token), before: null, after },
    ]);
    return { id: token.id, secret, prefix };
  });
}

/** How the trail names a token: never by its secret. */
export function toTokenTarget(token: Pick<Token, "id" | "name" | "prefix">): AuditTarget {
  return { type: "token", id: token.id, display: `${token.name} (${token.prefix}…)` };
}

function authorizeFor(actor: Actor, parsed: Parsed): void {
  if (parsed.kind === "service" || actor.type === "system") {
    authorize(actor, "token:manage");
    return;
  }
  if (actor.type === "person" && actor.id === parsed.personId) return;
  throw new AppError("FORBIDDEN", "A personal token can be made by its own person only.");
}

function takeSecret({ kind, secret }: Parsed) {
  if (secret === undefined) return newTokenSecret(kind);
  if (isTokenSecret(kind, secret)) return toTokenSecret(secret);
  throw new AppError("INVALID_INPUT", "The given secret does not have the form of a token.");
}
