import type { Actor } from "#lib/access/actor.ts";
import { needingTwoPeople } from "#lib/accounts/needs-two-people.ts";
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

/** One page of numbers, with what the page shows about it. */
export type FoundNumbers = {
  page: NumberPage;
  losses: Map<string, Loss>;
  /** The ids of accounts that take two people for a change. */
  needingTwoPeople: Set<string>;
  /**
   * The revision that each live instance has applied; null for a cursor that this database never issued.
   */
  liveRevisions: (number | null)[];
  summary: MatchSummary;
  /** Matches of the search that the filters exclude. */
  hidden: HiddenMatches;
};

/** The numbers that the address asks for; "bad-link" when its cursor or account is invalid. */
export async function findNumbers(
  actor: Actor,
  query: NumberQuery,
): Promise<FoundNumbers | "bad-link"> {
  const { q } = query;
  try {
    // In parallel, so that a long search text is parsed once for all three.
    const [page, summary, hiddenBySearch, runtimes] = await Promise.all([
      listNumbers(actor, toListInput(query)),
      summariseMatches(actor, toFilter(query)),
      q === "" ? { count: 0, isCapped: false } : countHiddenMatches(actor, toFilter(query)),
      listRuntimes(actor),
    ]);
    // Without a search it is obvious that a filter excludes numbers, unless nothing is left.
    const isEmptied = q === "" && summary.total === 0;
    const hidden = isEmptied ? await countHiddenMatches(actor, toFilter(query)) : hiddenBySearch;
    const ids = page.items.map(({ phoneNumberId }) => phoneNumberId);
    return {
      page,
      losses: await readLosses(actor, ids),
      needingTwoPeople: await needingTwoPeople(
        actor,
        page.items.map(({ account }) => account.id),
      ),
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
