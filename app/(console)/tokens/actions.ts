"use server";

import { z } from "zod";
import { countWaiting } from "#lib/schedules/count-waiting.ts";
import { createToken, personalTokenSchema, serviceTokenSchema } from "#lib/tokens/create-token.ts";
import { revokeToken, revokeTokenSchema } from "#lib/tokens/revoke-token.ts";
import { rotateToken, rotateTokenSchema } from "#lib/tokens/rotate-token.ts";
import { toExpiry } from "#lib/tokens/to-expiry.ts";
import { defineAction } from "../../define-action.ts";

const HOUR_MS = 3_600_000;

const life = { lifeDays: z.number() };

const newTokenSchema = z.discriminatedUnion("kind", [
  serviceTokenSchema.omit({ expiresAt: true, secret: true }).extend(life),
  personalTokenSchema.omit({ expiresAt: true, secret: true, personId: true }).extend(life),
]);

/**
 * Creates a token for a program or for the person who is signed in. Its secret is in this answer and
 * nowhere else.
 */
export const createTokenAction = defineAction({
  permission: null,
  schema: newTokenSchema,
  run: async (actor, { lifeDays, ...token }) => {
    const expiresAt = toExpiry(lifeDays);
    const { secret } = await createToken(
      actor,
      token.kind === "service"
        ? { ...token, expiresAt }
        : { ...token, personId: actor.id, expiresAt },
    );
    return { secret };
  },
});

/** Replaces a token by a new one, whose secret is in this answer and nowhere else. */
export const rotateTokenAction = defineAction({
  permission: null,
  schema: rotateTokenSchema
    .omit({ expiresAt: true, overlapMs: true })
    .extend({ ...life, overlapHours: z.number() }),
  run: async (actor, { tokenId, lifeDays, overlapHours, password }) => {
    const { secret } = await rotateToken(actor, {
      tokenId,
      expiresAt: toExpiry(lifeDays),
      overlapMs: overlapHours * HOUR_MS,
      password,
    });
    return { secret };
  },
});

/** Revokes a token for good. */
export const revokeTokenAction = defineAction({
  permission: null,
  schema: revokeTokenSchema,
  run: async (actor, input) => {
    const { changed } = await revokeToken(actor, input);
    return { changed, waiting: await countWaiting(actor, { tokenId: input.tokenId }) };
  },
});
