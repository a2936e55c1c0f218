"use server";

import { z } from "zod";
import { readVerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import { requestVerification } from "#lib/audit/jobs/request-verification.ts";
import { defineAction } from "../../define-action.ts";

/** Asks for a verification of the whole trail; answers with it, or with the one that is under way already. */
export const verifyNowAction = defineAction({
  schema: z.unknown(),
  run: async (actor) => {
    await requestVerification(actor);
    return await readVerificationRun(actor);
  },
});
