import { z } from "zod";
import { toTokenTarget } from "../access/targets.ts";
import { appendEvents } from "../audit/append-events.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Token } from "../db/generated/client.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import { DAY_MS, MAX_LIFE_DAYS } from "./token-life.ts";
import type { TokenSecret } from "./token-secret.ts";

export const expiresAtSchema = z.date().refine((date) => {
  const lifeMs = date.getTime() - databaseNow().getTime();
  return lifeMs > 0 && lifeMs <= MAX_LIFE_DAYS * DAY_MS;
}, `A token must expire in the future, within ${MAX_LIFE_DAYS} days.`);

/** The only place that has the secret in the clear. */
export type CreatedToken = { id: string; secret: string; prefix: string };

type NewToken = Pick<Token, "name" | "expiresAt" | "personId" | "scopes"> & {
  made: TokenSecret;
  /** The token that it replaces. */
  replaces: Pick<Token, "id" | "prefix"> | null;
};

/** Writes a token and its event: the shared part of making and rotating one, which authorise. */
export async function addToken(
  tx: AuditedTransaction,
  { made: { secret, hash, prefix }, replaces, ...fields }: NewToken,
): Promise<CreatedToken> {
  const token = await tx.db.token.create({
    data: { ...fields, hash, prefix, replacesId: replaces?.id ?? null },
  });
  const after = {
    kind: token.personId === null ? "service" : "personal",
    scopes: token.scopes.join(" "),
    expiresAt: token.expiresAt.toISOString(),
    ...(replaces ? { replaces: replaces.prefix } : {}),
  };
  await appendEvents(tx, [
    { action: "token.created", target: toTokenTarget(token), before: null, after },
  ]);
  return { id: token.id, secret, prefix };
}
