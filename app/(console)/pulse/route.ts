import { BUILD, PULSE_BUILD_HEADER, PULSE_PERSON_HEADER } from "#components/shell/ask-pulse.ts";
import { toFailedAnswer } from "../../failed-answer.ts";
import { findActor } from "../../session.ts";

/**
 * Whether the console is there (204) and the session still stands (else 401), who is signed in and
 * which build answers: open pages ask before they refresh.
 */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const actor = await findActor();
    if (!actor) return new Response(null, { status: 401, headers });
    const about = { [PULSE_PERSON_HEADER]: actor.id, [PULSE_BUILD_HEADER]: BUILD };
    return new Response(null, { status: 204, headers: { ...headers, ...about } });
  } catch (error) {
    return await toFailedAnswer(error);
  }
}
