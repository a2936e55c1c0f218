"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { rotateToken } from "#lib/tokens/rotate-token.ts";
import { toExpiry } from "#lib/tokens/to-expiry.ts";
import { act } from "../../act.ts";

const HOUR_MS = 3_600_000;

const rotationSchema = z.strictObject({
  tokenId: z.string(),
  lifeDays: z.number(),
  overlapHours: z.number(),
  password: z.string().optional(),
});

/** Makes a new token for an old one; the new secret is in this answer and nowhere else. */
export async function rotateTokenAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ secret: string }>> {
  return await act(viewerId, async (actor) => {
    const { tokenId, lifeDays, overlapHours, password } = parseInput(rotationSchema, input);
    const { secret } = await rotateToken(actor, {
      tokenId,
      expiresAt: toExpiry(lifeDays),
      overlapMs: overlapHours * HOUR_MS,
      password,
    });
    return { secret };
  });
}
