/** Names of the headers in which /pulse says who is signed in and which build answers. */
export const PULSE_PERSON_HEADER = "x-console-person";
export const PULSE_BUILD_HEADER = "x-console-build";

/** The build that this code is part of; next.config.js sets it for server and browser. */
export const BUILD = process.env.CONSOLE_BUILD ?? "";

/** Why a page must not refresh by itself; the page's foot says so in words. */
export type PageProblem = "unreachable" | "ended" | "otherPerson" | "outdated";

const TIMEOUT_MS = 5_000;

/**
 * Asks the console whether the page may go on; null when it may. `personId` is the person it was rendered
 * for. `read` is given the answer.
 */
export async function askPulse(
  personId: string,
  read?: (answer: Response) => void,
): Promise<PageProblem | null> {
  const answer = await fetch("/pulse", {
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  if (answer?.status === 401) return "ended";
  // A proxy in front may answer while the console is away.
  if (answer?.status !== 204) return "unreachable";
  read?.(answer);
  if (answer.headers.get(PULSE_PERSON_HEADER) !== personId) return "otherPerson";
  return answer.headers.get(PULSE_BUILD_HEADER) === BUILD ? null : "outdated";
}
