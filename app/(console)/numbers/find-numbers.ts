import type { Actor } from "#lib/access/actor.ts";
import { AppError } from "#lib/errors.ts";
import { listNumbers, type NumberPage } from "#lib/numbers/list-numbers.ts";
import { type Loss, readLosses } from "#lib/numbers/read-losses.ts";
import {
  countHiddenMatches,
  type HiddenMatches,
  type MatchSummary,
  summariseMatches,
} from "#lib/numbers/summarise-matches.ts";
import { listRuntimes } from "#lib/runtimes/list-runtimes.ts";
import { type NumberQuery, toFilter, toListInput } from "./number-query.ts";

/** One page with what stands above it. */
export type FoundNumbers = {
  page: NumberPage;
  losses: Map<string, Loss>;
  /** What each instance that is heard holds; null: something this database never was. */
  liveRevisions: (number | null)[];
  summary: MatchSummary;
  /** Matches of the search that the filters leave out. */
  hidden: HiddenMatches;
};

/** What the address asks for; "bad-link" when its cursor or account is not one. */
export async function findNumbers(
  actor: Actor,
  query: NumberQuery,
): Promise<FoundNumbers | "bad-link"> {
  const { q } = query;
  try {
    // At the same time, so that a long search is read once for all three.
    const [page, summary, hiddenBySearch, runtimes] = await Promise.all([
      listNumbers(actor, toListInput(query)),
      summariseMatches(actor, toFilter(query)),
      q === "" ? { count: 0, isCapped: false } : countHiddenMatches(actor, toFilter(query)),
      listRuntimes(actor),
    ]);
    // Without a search everybody knows that a filter leaves numbers out, unless it leaves none.
    const isEmptied = q === "" && summary.total === 0;
    const hidden = isEmptied ? await countHiddenMatches(actor, toFilter(query)) : hiddenBySearch;
    const ids = page.items.map(({ phoneNumberId }) => phoneNumberId);
    return {
      page,
      losses: await readLosses(actor, ids),
      liveRevisions: runtimes
        .filter(({ isLive }) => isLive)
        .map(({ appliedRevision }) => appliedRevision),
      summary,
      hidden,
    };
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return "bad-link";
    throw error;
  }
}
