"use server";

import { z } from "zod";
import type { FlagChangeResult } from "#components/flags/flag-change.ts";
import { toFlagNumber } from "#components/flags/flag-number.ts";
import { AppError } from "#lib/errors.ts";
import { RefusedChange, setFlag } from "#lib/flags/set-flag.ts";
import { toAppError } from "#lib/http/api/to-app-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { toActionFailure } from "../../action-result.ts";
import { requireViewer } from "../../require-viewer.ts";
import { findActor, readOrigin } from "../../session.ts";

/** The shape of what arrives; what it says is for the verb to check. */
const changeSchema = z.strictObject({
  phoneNumberId: z.string(),
  acceptsBsuid: z.boolean(),
  expectedVersion: z.int(),
  reason: z.string(),
  ticketUrl: z.string().nullable(),
});

/** Sets one number's flag for whoever is signed in. The answer does not wait for the page, which is asked for anew. */
export async function setFlagAction(viewerId: string, input: unknown): Promise<FlagChangeResult> {
  try {
    const actor = await findActor();
    if (!actor) throw new AppError("UNAUTHENTICATED", "The session ended.");
    requireViewer(actor, viewerId);
    const { changed, number } = await setFlag(actor, parseInput(changeSchema, input));
    return { ok: true, value: { changed, number: toFlagNumber(number) } };
  } catch (error) {
    const { requestId } = await readOrigin();
    const failure = await toActionFailure(toAppError(error, requestId), requestId);
    const current = error instanceof RefusedChange ? error.current : null;
    return { ...failure, current: current && toFlagNumber(current) };
  }
}
