"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { requestErasure } from "#lib/people/request-erasure.ts";
import { withdrawErasure } from "#lib/people/withdraw-erasure.ts";
import { act } from "../../act.ts";

const withdrawSchema = z.strictObject({ personId: z.string(), reason: z.string() });
const requestSchema = withdrawSchema.extend({ expectedEmail: z.string() });

/** Asks that a person be erased; what was typed must be their address. */
export async function requestErasureAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ changed: boolean }>> {
  return await act(viewerId, async (actor) => {
    const { changed } = await requestErasure(actor, parseInput(requestSchema, input));
    return { changed };
  });
}

/** Takes it back. */
export async function withdrawErasureAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ changed: boolean }>> {
  return await act(viewerId, async (actor) => {
    const { changed } = await withdrawErasure(actor, parseInput(withdrawSchema, input));
    return { changed };
  });
}
