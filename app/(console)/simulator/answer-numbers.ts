import { toSimulatorNumber } from "#components/simulator/simulator-number.ts";
import type { PersonActor } from "#lib/access/actor.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { toFailedAnswer } from "../../failed-answer.ts";
import { findActor } from "../../session.ts";

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
    return await toFailedAnswer(error);
  }
}
