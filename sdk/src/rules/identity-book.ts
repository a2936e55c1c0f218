import {
  factOfChange,
  factOfCustomer,
  type IdentityFact,
  idsOf,
  mergeFacts,
} from "./identity-fact.ts";
import { type Identity, resolveIdentity } from "./resolve-identity.ts";
import type { Customer, IdentityChange } from "./webhook-item.ts";

/**
 * The facts about ids, in memory; a pattern for keeping them in a database. Portfolios are separate: a BSUID
 * means nothing in another one, and a phone may be another customer there.
 */
export class IdentityBook {
  readonly #facts = new Map<string, IdentityFact>();
  /** The keys of the facts that name an id, by portfolio and id. */
  readonly #byId = new Map<string, Set<string>>();

  /** Adds what a message or status says about its customer's ids. */
  learn(customer: Customer, about: { portfolioId: string; timestamp: string }): void {
    const fact = factOfCustomer(customer, about);
    if (fact) this.add(fact);
  }

  /** Adds what a notice says; repeating it changes nothing. */
  apply(change: IdentityChange, { portfolioId }: { portfolioId: string }): void {
    this.add(factOfChange(change, { portfolioId }));
  }

  /** Adds a fact that was stored elsewhere. */
  add(fact: IdentityFact): void {
    this.#facts.set(fact.key, mergeFacts(this.#facts.get(fact.key), fact));
    for (const id of idsOf(fact)) {
      const key = toKey(fact.portfolioId, id);
      const keys = this.#byId.get(key) ?? new Set<string>();
      this.#byId.set(key, keys.add(fact.key));
    }
  }

  /** The customer who has or had this id, a BSUID or a phone with `+`; null for an unknown id. */
  resolve({ portfolioId, id }: { portfolioId: string; id: string }): Identity | null {
    return resolveIdentity((name) => this.#find(portfolioId, name), id);
  }

  /** All facts, to be stored. */
  facts(): IdentityFact[] {
    return [...this.#facts.values()];
  }

  #find(portfolioId: string, id: string): IdentityFact[] {
    const keys = this.#byId.get(toKey(portfolioId, id)) ?? [];
    return [...keys].flatMap((key) => this.#facts.get(key) ?? []);
  }
}

function toKey(portfolioId: string, id: string): string {
  return JSON.stringify([portfolioId, id]);
}
