import { readVerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import { definePageData } from "../../../page-route.ts";

/** How far a verification of the trail is: the page asks until it has ended. */
export const GET = definePageData<"/audit/verification">(({ actor }) => readVerificationRun(actor));
