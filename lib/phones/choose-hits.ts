import { type Candidate, candidatesEndingAt, idCandidatesEndingAt } from "./find-candidates.ts";
import type { Hit, KnownNumbers } from "./known-numbers.ts";
import { mayBeNumber } from "./may-be-number.ts";
import type { ScannedText } from "./scan-text.ts";

const GAP_COST = { tight: 0, loose: 0.3, cell: 0.6, break: 0 } as const;
/** Prefers, of two readings with equally many digits, the one with fewer numbers. */
const NUMBER_COST = 0.01;

/** Chooses the hits that explain most of a text's digits by existing numbers; no two share a group. */
export function chooseHits(scan: ScannedText, roster: KnownNumbers): Hit[] {
  const { groups } = scan;
  const scores: number[] = [0];
  const chosen: (Hit | null)[] = [null];
  for (const last of groups.keys()) {
    let score = scores[last] ?? 0;
    let best: Hit | null = null;
    for (const hit of findHits(scan, roster, last)) {
      const withHit = (scores[hit.first] ?? 0) + scoreOf(hit, scan);
      if (withHit > score) {
        score = withHit;
        best = hit;
      }
    }
    scores.push(score);
    chosen.push(best);
  }
  return readBack(chosen);
}

function readBack(chosen: readonly (Hit | null)[]): Hit[] {
  const hits: Hit[] = [];
  for (let end = chosen.length - 1; end > 0; ) {
    const hit = chosen[end];
    if (hit) hits.push(hit);
    end = hit ? hit.first : end - 1;
  }
  return hits.reverse();
}

function findHits(scan: ScannedText, roster: KnownNumbers, last: number): Hit[] {
  const hits: Hit[] = [];
  if (scan.groups[last]?.shape?.kind === "identifier") return hits;
  for (const candidate of idCandidatesEndingAt(scan.groups, last)) {
    const match = roster.findById(candidate.digits);
    if (match) hits.push({ ...candidate, ...match });
  }
  // The longest first: a part of a number is not another number.
  for (const candidate of candidatesEndingAt(scan.groups, last).reverse()) {
    if (!roster.hasEnding(candidate.digits)) break;
    const hasPlus = scan.groups[candidate.first]?.hasPlus ?? false;
    const match = roster.findByPhone(candidate.digits, { hasPlus });
    if (!match || !mayBeNumber(scan, { ...candidate, ...match })) continue;
    hits.push({ ...candidate, ...match });
    const isApart = scan.groups
      .slice(candidate.first + 1, last + 1)
      .some(({ gap }) => gap !== "tight");
    // A longer one across a line or cell may include the end of its neighbour.
    if (!isApart) break;
  }
  return hits;
}

function scoreOf({ first, last, digits }: Candidate, { groups }: ScannedText): number {
  const gaps = groups.slice(first + 1, last + 1).map(({ gap }) => GAP_COST[gap]);
  return digits.length - NUMBER_COST - gaps.reduce<number>((sum, cost) => sum + cost, 0);
}
