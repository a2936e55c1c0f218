import { readWeek } from "#lib/numbers/read-week.ts";
import { toFailedAnswer } from "../../../../failed-answer.ts";
import { findActor } from "../../../../session.ts";

/** What the dialog says about the number's phone-less customers. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/numbers/[phoneNumberId]/week">,
): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const actor = await findActor();
    if (!actor) return new Response(null, { status: 401, headers });
    return Response.json(await readWeek(actor, (await params).phoneNumberId), { headers });
  } catch (error) {
    return await toFailedAnswer(error, { INVALID_INPUT: 404 });
  }
}
