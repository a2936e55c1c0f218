import { askPulse, type PageProblem } from "../shell/ask-pulse.ts";

/** The header in which /pulse gives a ticket that opens the live stream. */
export const PULSE_TICKET_HEADER = "x-console-live-ticket";

/** Asks for a ticket, and whether the page may go on; without a ticket when it may not. */
export async function askForTicket(
  personId: string,
): Promise<{ problem: PageProblem | null; ticket: string | null }> {
  let ticket: string | null = null;
  const problem = await askPulse(personId, ({ headers }) => {
    ticket = headers.get(PULSE_TICKET_HEADER);
  });
  return { problem, ticket: problem ? null : ticket };
}
