import { toSimulatorNumber } from "#components/simulator/simulator-number.ts";
import type { PersonActor } from "#lib/access/actor.ts";
import { toAppError } from "#lib/http/to-app-error.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { findActor, readOrigin } from "../../session.ts";

/** Answers the simulator's script with the numbers that whoever is signed in asks for. */
export async function answerNumbers(
  read: (actor: PersonActor) => Promise<NumberRecord[]>,
): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const actor = await findActor();
    if (!actor) return new Response(null, { status: 401, headers });
    return Response.json((await read(actor)).map(toSimulatorNumber), { headers });
  } catch (error) {
    const { code } = toAppError(error, (await readOrigin()).requestId);
    return new Response(null, { status: STATUS_OF[code] ?? 503, headers });
  }
}

const STATUS_OF: Record<string, number> = { INVALID_INPUT: 400, FORBIDDEN: 403 };
