import { BUILD, PULSE_BUILD_HEADER, PULSE_PERSON_HEADER } from "#components/shell/ask-pulse.ts";
import { definePageRoute } from "../../page-route.ts";

/**
 * Whether the console is there (204) and the session still stands (else 401), who is signed in and
 * which build answers: open pages ask before they refresh.
 */
export const GET = definePageRoute(async ({ actor }) => {
  const headers = { [PULSE_PERSON_HEADER]: actor.id, [PULSE_BUILD_HEADER]: BUILD };
  return new Response(null, { status: 204, headers });
});
