import { candidatesEndingAt, idCandidatesEndingAt, toEnding } from "./find-candidates.ts";
import type { ScannedText } from "./scan-text.ts";
import { rangeEndings, shortFormEndings } from "./short-forms.ts";

/**
 * What to ask the database for, so that every number that a text may name is among the answers; of ranges
 * without end only so many.
 */
export type Wanted = { endings: string[]; phoneNumberIds: string[] };

/** A text has room for a fifth of them in full; more stand between the ends of ranges, which are not read on. */
const MOST_ENDINGS = 50_000;

export function findWanted({ groups }: ScannedText): Wanted {
  const endings = new Set<string>();
  const phoneNumberIds = new Set<string>();
  for (const last of groups.keys()) {
    const [shortest] = candidatesEndingAt(groups, last);
    if (shortest) endings.add(toEnding(shortest.digits));
    if (endings.size < MOST_ENDINGS) {
      for (const ending of shortFormEndings(groups, last)) endings.add(ending);
      for (const ending of rangeEndings(groups, last)) endings.add(ending);
    }
    for (const { digits } of idCandidatesEndingAt(groups, last)) phoneNumberIds.add(digits);
  }
  return { endings: [...endings], phoneNumberIds: [...phoneNumberIds] };
}
