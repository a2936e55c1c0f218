"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { endSession } from "#lib/sessions/end-session.ts";
import { act } from "../../act.ts";

const endSchema = z.strictObject({ sessionId: z.string(), reason: z.string() });

/** Ends one session of somebody. */
export async function endSessionAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<null>> {
  return await act(viewerId, async (actor) => {
    await endSession(actor, parseInput(endSchema, input));
    return null;
  });
}
