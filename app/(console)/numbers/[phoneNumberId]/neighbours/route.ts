import type { FlagNeighbour } from "#components/flags/flag-neighbours.tsx";
import { toAppError } from "#lib/http/to-app-error.ts";
import { getNumber } from "#lib/numbers/get-number.ts";
import { listNeighbours } from "#lib/numbers/list-neighbours.ts";
import { findActor, readOrigin } from "../../../../session.ts";

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
    const { code } = toAppError(error, (await readOrigin()).requestId);
    const isAbsent = code === "NOT_FOUND" || code === "INVALID_INPUT";
    return new Response(null, { status: isAbsent ? 404 : 503, headers });
  }
}
