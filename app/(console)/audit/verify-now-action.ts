"use server";

import type { ActionResult } from "#components/actions/action.ts";
import {
  readVerificationRun,
  type VerificationRun,
} from "#lib/audit/jobs/read-verification-run.ts";
import { requestVerification } from "#lib/audit/jobs/request-verification.ts";
import { act } from "../../act.ts";

/** Asks for a verification of the whole trail; answers with it, or with the one that is under way already. */
export async function verifyNowAction(
  viewerId: string,
): Promise<ActionResult<VerificationRun | null>> {
  return await act(viewerId, async (actor) => {
    await requestVerification(actor);
    return await readVerificationRun(actor);
  });
}
