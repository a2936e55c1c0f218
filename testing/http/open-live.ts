import { makeTicket } from "#lib/live/live-ticket.ts";
import { startSession } from "#lib/sessions/start-session.ts";
import { aPerson } from "../factories.ts";
import { openStream } from "./read-stream.ts";

/** The tests' own origin: see use-test-database.ts. */
export const OWN_ORIGIN = "http://127.0.0.1:3000";

/** Signs a person in; returns them in their session. */
export async function aSession(...[role = "support"]: Parameters<typeof aPerson> | []) {
  const person = await aPerson(role);
  const how = { method: "password", previousSessionId: null } as const;
  const { sessionId } = await startSession(person, how);
  return { ...person, sessionId };
}

/** Opens the live stream of a session as its page does. The headers override those of a page. */
export async function openLive(
  { url }: { url: string },
  { sessionId }: { sessionId: string },
  { headers = {}, ageMs = 0 }: { headers?: Record<string, string>; ageMs?: number } = {},
) {
  const ticket = makeTicket({ sessionId, origin: OWN_ORIGIN });
  const own = { "x-live-ticket": ticket, "sec-fetch-site": "same-origin" };
  return await openStream(`${url}/live?age=${ageMs}`, { ...own, ...headers });
}

type Stream = Awaited<ReturnType<typeof openLive>>;

/** Reads on until an event of that name, or of that kind of change. */
export async function until(stream: Stream, name: string) {
  for (;;) {
    const event = await stream.next();
    if (event === null) throw new Error(`The stream ended before ${name}.`);
    const { kind } = event.data as { kind?: string };
    if (event.event === name || kind === name) return event;
  }
}

/** Reads on until a flag's change that `matches`. */
export async function untilFlag(stream: Stream, matches: (ids: string[]) => boolean) {
  for (;;) {
    const event = await until(stream, "flag");
    if (matches((event.data as { ids: string[] }).ids)) return event;
  }
}
