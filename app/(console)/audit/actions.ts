"use server";

import { z } from "zod";
import { readVerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import { requestVerification } from "#lib/audit/jobs/request-verification.ts";
import { defineAction } from "../../define-action.ts";

/**
 * Requests a verification of the whole trail and returns it, or returns the one that is already running.
 */
export const verifyNowAction = defineAction({
  permission: "audit:verify",
  schema: z.unknown(),
  run: async (actor) => {
    await requestVerification(actor);
    return await readVerificationRun(actor);
  },
});
