import type { Customer, IdentityChange } from "./webhook-item.ts";

/**
 * Something that a webhook said about ids, as a plain record to be stored. Which customer has which id is
 * never stored but derived from the facts (`resolveIdentity`), so that the answer is the same if notices come
 * late, twice or in any order.
 */
export type IdentityFact = {
  /** Equal for facts that say the same; merge two with one key by `mergeFacts`. */
  key: string;
  /** The scope of a BSUID: facts of different portfolios must never be mixed. */
  portfolioId: string;
  /** `seen`: these ids belonged to one customer. `changed`: they replaced the previous ones. */
  kind: "seen" | "changed";
  bsuid: string | null;
  /** E.164 with `+`. */
  phone: string | null;
  previousBsuid: string | null;
  previousPhone: string | null;
  /** When it was first and last said, in seconds since 1970 by Meta's clock. */
  firstAt: number;
  lastAt: number;
};

/** All facts of one portfolio that name an id in any of their four fields of ids. */
export type FindFacts = (id: string) => readonly IdentityFact[];

/** What a message or status says about its customer's ids; null if it names none. */
export function factOfCustomer(
  customer: Customer,
  about: { portfolioId: string; timestamp: string },
): IdentityFact | null {
  const { bsuid, phone } = customer;
  if (bsuid === null && phone === null) return null;
  return fact(about, { kind: "seen", bsuid, phone, previousBsuid: null, previousPhone: null });
}

/** What a notice of changed ids says. */
export function factOfChange(
  change: IdentityChange,
  { portfolioId }: { portfolioId: string },
): IdentityFact {
  const { current: bsuid, currentPhone: phone, previousPhone, timestamp } = change;
  // A notice with the same BSUID twice reports no change of it.
  const previousBsuid = change.previous === bsuid ? null : change.previous;
  const ids = { kind: "changed", bsuid, phone, previousBsuid, previousPhone } as const;
  return fact({ portfolioId, timestamp }, ids);
}

/** Merges two facts with one key. The result does not depend on order or repetition. */
export function mergeFacts(before: IdentityFact | undefined, said: IdentityFact): IdentityFact {
  if (!before) return said;
  const firstAt = Math.min(before.firstAt, said.firstAt);
  return { ...before, firstAt, lastAt: Math.max(before.lastAt, said.lastAt) };
}

/** The ids by which a fact must be found. */
export function idsOf(fact: IdentityFact): string[] {
  const ids = [fact.bsuid, fact.phone, fact.previousBsuid, fact.previousPhone];
  return ids.filter((id) => id !== null);
}

type Said = Pick<IdentityFact, "kind" | "bsuid" | "phone" | "previousBsuid" | "previousPhone">;

function fact(about: { portfolioId: string; timestamp: string }, said: Said): IdentityFact {
  const { portfolioId } = about;
  const at = Number(about.timestamp);
  const key = JSON.stringify([
    portfolioId,
    said.kind,
    said.bsuid,
    said.phone,
    said.previousBsuid,
    said.previousPhone,
  ]);
  return { key, portfolioId, ...said, firstAt: at, lastAt: at };
}
