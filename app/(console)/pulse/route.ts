import { PULSE_TICKET_HEADER } from "#components/live/ask-for-ticket.ts";
import { BUILD, PULSE_BUILD_HEADER, PULSE_PERSON_HEADER } from "#components/shell/ask-pulse.ts";
import { getConfig } from "#lib/config.ts";
import { makeTicket } from "#lib/live/live-ticket.ts";
import { definePageRoute } from "../../page-route.ts";

/**
 * Answers 204 while the session is valid, else 401, with the person who is signed in, the build, and a
 * ticket for the live stream in headers. Open pages ask before they refresh, and before they open a stream.
 */
export const GET = definePageRoute(async ({ actor }) => {
  const headers = new Headers({ [PULSE_PERSON_HEADER]: actor.id, [PULSE_BUILD_HEADER]: BUILD });
  const { sessionId } = actor;
  if (sessionId !== null) {
    const { origin } = new URL(getConfig().nextAuthUrl);
    headers.set(PULSE_TICKET_HEADER, makeTicket({ sessionId, origin }));
  }
  return new Response(null, { status: 204, headers });
});
