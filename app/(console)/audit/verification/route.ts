import { readVerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import { toFailedAnswer } from "../../../failed-answer.ts";
import { findActor } from "../../../session.ts";

/** How far a verification of the trail is: the page asks until it has ended. */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const actor = await findActor();
    if (!actor) return new Response(null, { status: 401, headers });
    return Response.json(await readVerificationRun(actor), { headers });
  } catch (error) {
    return await toFailedAnswer(error);
  }
}
