import type { FlagNeighbour } from "#components/flags/flag-neighbours.tsx";
import { getNumber } from "#lib/numbers/get-number.ts";
import { listNeighbours } from "#lib/numbers/list-neighbours.ts";
import { toFailedAnswer } from "../../../../failed-answer.ts";
import { findActor } from "../../../../session.ts";

/** What the dialog says about the numbers that share BSUIDs with this one. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/numbers/[phoneNumberId]/neighbours">,
): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const actor = await findActor();
    if (!actor) return new Response(null, { status: 401, headers });
    const number = await getNumber(actor, (await params).phoneNumberId);
    const neighbours: FlagNeighbour[] = (await listNeighbours(actor, number)).map(
      ({ phoneNumberId, label, acceptsBsuid }) => ({ phoneNumberId, label, acceptsBsuid }),
    );
    return Response.json(neighbours, { headers });
  } catch (error) {
    return await toFailedAnswer(error, { INVALID_INPUT: 404 });
  }
}
