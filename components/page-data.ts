import type { VerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import type { Week } from "#lib/numbers/read-week.ts";
import type { SimulatorNumber } from "./simulator/simulator-number.ts";

/** Another number of the same account and portfolio. */
type FlagNeighbour = { phoneNumberId: string; label: string; acceptsBsuid: boolean };

/** Where a change is live; `text` is empty while no runtime reports. */
export type LiveNote = { isSettled: boolean; text: string };

/** What the console answers to the script of a page, by path: the type of the route and of whoever asks. */
export type PageData = {
  [path: `/numbers/${string}/week`]: Week;
  [path: `/numbers/${string}/neighbours`]: FlagNeighbour[];
  [path: `/runtimes/live?revision=${number}`]: LiveNote;
  [path: `/simulator/numbers?${string}`]: SimulatorNumber[];
  [path: `/simulator/search?${string}`]: SimulatorNumber[];
  /** Null: none yet. */
  "/audit/verification": VerificationRun | null;
};

/** Asks the console for what a page shows. @throws when it does not answer, or answers that it could not */
export async function fetchPageData<Path extends keyof PageData>(
  path: Path,
  signal: AbortSignal,
): Promise<PageData[Path]> {
  const response = await fetch(path, { signal, cache: "no-store" });
  if (!response.ok) throw new Error(`The console answered ${response.status}.`);
  return await response.json();
}
