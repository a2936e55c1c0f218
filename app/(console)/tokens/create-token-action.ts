"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { SCOPES } from "#lib/access/permissions.ts";
import { parseInput } from "#lib/parse-input.ts";
import { createToken } from "#lib/tokens/create-token.ts";
import { toExpiry } from "#lib/tokens/to-expiry.ts";
import { act } from "../../act.ts";

const anyTokenSchema = { lifeDays: z.number(), password: z.string().optional() };

/** The shape of what arrives; what it says is for the verb to check. */
const tokenSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("service"),
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    ...anyTokenSchema,
  }),
  z.strictObject({ kind: z.literal("personal"), name: z.string(), ...anyTokenSchema }),
]);

/** Makes a token for a program, or for whoever is signed in; its secret is in this answer and nowhere else. */
export async function createTokenAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ secret: string }>> {
  return await act(viewerId, async (actor) => {
    const { lifeDays, ...token } = parseInput(tokenSchema, input);
    const expiresAt = toExpiry(lifeDays);
    const { secret } = await createToken(
      actor,
      token.kind === "service"
        ? { ...token, expiresAt }
        : { ...token, personId: actor.id, expiresAt },
    );
    return { secret };
  });
}
