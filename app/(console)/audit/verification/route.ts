import { readVerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import { definePageData } from "../../../page-route.ts";

/** The progress of a verification of the trail. The page polls it until the verification has ended. */
export const GET = definePageData<"/audit/verification">(({ actor }) => readVerificationRun(actor));
