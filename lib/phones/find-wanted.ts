import { candidatesEndingAt, idCandidatesEndingAt, toEnding } from "./find-candidates.ts";
import type { ScannedText } from "./scan-text.ts";
import { rangeEndings, shortFormEndings } from "./short-forms.ts";

/**
 * What to look up in the database to find every number that a text may name. Limited for texts with
 * many ranges.
 */
export type Wanted = { endings: string[]; phoneNumberIds: string[] };

/** Five times what a text can name in full; more can only come from ranges, which are then not expanded. */
const MAX_ENDINGS = 50_000;

export function findWanted({ groups }: ScannedText): Wanted {
  const endings = new Set<string>();
  const phoneNumberIds = new Set<string>();
  for (const last of groups.keys()) {
    const [shortest] = candidatesEndingAt(groups, last);
    if (shortest) endings.add(toEnding(shortest.digits));
    if (endings.size < MAX_ENDINGS) {
      for (const ending of shortFormEndings(groups, last)) endings.add(ending);
      for (const ending of rangeEndings(groups, last)) endings.add(ending);
    }
    for (const { digits } of idCandidatesEndingAt(groups, last)) phoneNumberIds.add(digits);
  }
  return { endings: [...endings], phoneNumberIds: [...phoneNumberIds] };
}
