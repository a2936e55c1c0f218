import { readVerifier, VERIFIER } from "#lib/audit/export/read-verifier.ts";
import { definePageRoute } from "../../../page-route.ts";

/** The program that verifies an export without the console, as a download. */
export const GET = definePageRoute(async ({ actor }) => {
  const headers = {
    "content-type": "text/javascript; charset=utf-8",
    "content-disposition": `attachment; filename="${VERIFIER}"`,
  };
  return new Response(await readVerifier(actor), { headers });
});
