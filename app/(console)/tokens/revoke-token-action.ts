"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { revokeToken } from "#lib/tokens/revoke-token.ts";
import { act } from "../../act.ts";

const revocationSchema = z.strictObject({ tokenId: z.string(), reason: z.string() });

/** Ends a token for good. */
export async function revokeTokenAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ changed: boolean }>> {
  return await act(viewerId, (actor) => revokeToken(actor, parseInput(revocationSchema, input)));
}
