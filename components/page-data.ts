import type { VerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import type { Week } from "#lib/numbers/read-week.ts";
import type { FlagNumber } from "./flags/flag-number.ts";
import type { Jumps } from "./keys/jumps.ts";
import type { NumberPeek } from "./keys/number-peek.ts";
import type { SimulatorNumber } from "./simulator/simulator-number.ts";

/** Another number of the same account and portfolio. */
type FlagNeighbour = { phoneNumberId: string; label: string; acceptsBsuid: boolean };

/** Where a change is live; `text` is empty while no runtime reports. */
export type LiveNote = { isSettled: boolean; text: string };

/** The data that the console sends to page scripts, by path: the type of both the route and its callers. */
export type PageData = {
  [path: `/numbers/${string}/flag`]: FlagNumber;
  [path: `/jump?${string}`]: Jumps;
  [path: `/numbers/${string}/peek`]: NumberPeek;
  [path: `/numbers/${string}/week`]: Week;
  [path: `/numbers/${string}/neighbours`]: FlagNeighbour[];
  [path: `/runtimes/live?revision=${number}`]: LiveNote;
  [path: `/simulator/numbers?${string}`]: SimulatorNumber[];
  [path: `/simulator/search?${string}`]: SimulatorNumber[];
  /** Null when there was none yet. */
  "/audit/verification": VerificationRun | null;
};

/** Requests data for a page. @throws when the console does not answer, or answers with an error */
export async function fetchPageData<Path extends keyof PageData>(
  path: Path,
  signal: AbortSignal,
): Promise<PageData[Path]> {
  const response = await fetch(path, { signal, cache: "no-store" });
  if (!response.ok) throw new Error(`The console answered ${response.status}.`);
  return await response.json();
}
