import { BUILD, PULSE_BUILD_HEADER, PULSE_PERSON_HEADER } from "#components/shell/ask-pulse.ts";
import { definePageRoute } from "../../page-route.ts";

/**
 * Answers 204 while the session is valid, else 401, with the person who is signed in and the build in
 * headers. Open pages ask before they refresh.
 */
export const GET = definePageRoute(async ({ actor }) => {
  const headers = { [PULSE_PERSON_HEADER]: actor.id, [PULSE_BUILD_HEADER]: BUILD };
  return new Response(null, { status: 204, headers });
});
