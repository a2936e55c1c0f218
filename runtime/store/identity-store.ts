import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  type BusinessNumber,
  type Customer,
  factOfChange,
  factOfCustomer,
  type IdentityChange,
  type IdentityFact,
  idsOf,
  phoneSpellings,
  resolveIdentity,
} from "#sdk/rules.ts";
import type { NumberBook } from "./number-book.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { nameOf, SealedNotices } from "./sealed-notices.ts";

/** A fact repeated within this time is not written again, since the answers do not depend on it. */
const WORTH_WRITING_S = 3_600;
const REMEMBERED = 50_000;
/** The most ids of one customer: a phone that changed hands adds strangers' ids. */
const MAX_IDS = 50;

/**
 * Customers' identities, derived from what webhooks said (the SDK's facts). A fact is stored under the WABA
 * that received it, and read for the whole portfolio: so ids of two portfolios never mix, and a portfolio
 * that becomes known later needs no change to stored facts.
 */
export class IdentityStore {
  readonly #numbers: NumberBook;
  readonly #upsert: StatementSync;
  readonly #find: StatementSync;
  /** Ids, also phones, that a notice named: only these can be former ids. */
  readonly #noticed: Set<string>;
  readonly #sealed: SealedNotices;
  /** The facts written recently, by the customer's most specific id. */
  readonly #written = new Map<string, { fact: IdentityFact; heardAt: number }>();

  constructor(
    database: DatabaseSync,
    {
      numbers,
      pseudonyms,
      onError,
    }: { numbers: NumberBook; pseudonyms: Pseudonyms; onError: (error: unknown) => void },
  ) {
    this.#numbers = numbers;
    this.#sealed = new SealedNotices(database, { pseudonyms, onError });
    this.#upsert = database.prepare(
      `INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
         first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at),
         heard_at = max(heard_at, excluded.heard_at)`,
    );
    this.#find = database.prepare(
      `SELECT key, scope AS portfolioId, kind, bsuid, phone, previous_bsuid AS previousBsuid,
         previous_phone AS previousPhone, first_at AS firstAt, last_at AS lastAt
       FROM fact WHERE bsuid = ?1 OR phone = ?1 OR previous_bsuid = ?1 OR previous_phone = ?1`,
    );
    const noticed = database.prepare(
      `SELECT bsuid, phone, previous_bsuid AS previousBsuid, previous_phone AS previousPhone
       FROM fact WHERE kind = 'changed'`,
    );
    this.#noticed = new Set((noticed.all() as IdentityFact[]).flatMap(idsOf).map(nameOf));
  }

  /** Forgets which facts were written recently, so that the next ones are written in any case. */
  forgetWritten(): void {
    this.#written.clear();
  }

  /** Reads what is in memory from disk again, after a rollback. */
  reload(): void {
    this.forgetWritten();
    this.#sealed.reload();
  }

  /** Stores the ids of a message's or status's customer. Called within a transaction. */
  learn(customer: Customer, about: { number: BusinessNumber; timestamp: string }): void {
    const id = customer.bsuid ?? customer.phone;
    if (id === null) return;
    const portfolioId = scopeOf(about.number);
    const { timestamp } = about;
    const written = this.#written.get(id);
    const isRecent = written && nowInSeconds() - written.heardAt < WORTH_WRITING_S;
    if (isRecent && isSaidBy(written.fact, customer, { portfolioId, timestamp })) return;
    const fact = factOfCustomer(customer, { portfolioId, timestamp });
    if (!fact) return;
    this.#write(fact);
    if (this.#written.size >= REMEMBERED) this.#written.clear();
    this.#written.set(id, { fact, heardAt: nowInSeconds() });
  }

  /** Whether a notice is about a customer of whom a message or status was delivered to the business. */
  knows(change: IdentityChange): boolean {
    const scopes = this.#scopesBeside(change.number);
    const fact = factOfChange(change, { portfolioId: scopeOf(change.number) });
    const numbers = idsOf(fact)
      .flatMap(spellingsOf)
      .flatMap((id) => this.#listKnown(id));
    return numbers.some(({ portfolioId }) => scopes.has(portfolioId));
  }

  /** Stores a notice about a customer whom the business knows. Called within a transaction. */
  apply(change: IdentityChange): void {
    const fact = factOfChange(change, { portfolioId: scopeOf(change.number) });
    for (const id of idsOf(fact)) this.#noticed.add(nameOf(id));
    this.#write(fact);
  }

  /** Stores a notice about a stranger: one of its ids is needed to read the others. Called within a transaction. */
  seal(change: IdentityChange): void {
    const fact = factOfChange(change, { portfolioId: scopeOf(change.number) });
    this.#sealed.add(fact, nowInSeconds());
  }

  /** The customer with the newest BSUID: a late webhook may still have an older one. */
  current(customer: Customer, number: BusinessNumber): Customer {
    if (customer.bsuid === null) return customer;
    const bsuid = this.newestBsuid(customer.bsuid, number);
    return bsuid === customer.bsuid ? customer : { ...customer, bsuid };
  }

  /** The BSUID that replaced this one; itself if none is known. */
  newestBsuid(bsuid: string, number: BusinessNumber): string {
    if (!this.#isNoticed(bsuid)) return bsuid;
    return resolveIdentity(this.#findBeside(number), bsuid)?.userId ?? bsuid;
  }

  /** The newest BSUID of the customer who has this phone, in whatever spelling; null where none is known. */
  bsuidOfPhone(phone: string, number: BusinessNumber): string | null {
    const find = this.#findBeside(number);
    for (const spelling of phoneSpellings(phone)) {
      const identity = resolveIdentity(find, spelling);
      // A customer who gave the phone up does not have it.
      if (identity?.phone === spelling && identity.userId !== null) return identity.userId;
    }
    return null;
  }

  /**
   * All ids by which a customer is or was known: the given ones, and those connected to them by facts. A customer
   * with both ids, of which no notice named any, has no others.
   */
  idsOf({ phone, bsuid, parentBsuid }: Customer, number: BusinessNumber): string[] {
    const own = [phone, bsuid, parentBsuid].filter(isId);
    const isComplete =
      phone !== null && bsuid !== null && ![phone, bsuid].some((id) => this.#isNoticed(id));
    if (isComplete || (phone === null && bsuid === null)) return own;
    const find = this.#findBeside(number);
    const ids = new Set(own);
    // Grows during the loop: the facts about an id name others.
    for (const id of ids) {
      if (ids.size >= MAX_IDS) break;
      for (const named of spellingsOf(id).flatMap(find).flatMap(idsOf)) ids.add(named);
    }
    return [...ids];
  }

  /**
   * The portfolio that a BSUID was seen in: the number's own if it was seen there, too; null if it was never
   * seen, or the portfolio of that WABA is unknown.
   */
  portfolioOfBsuid(bsuid: string, number: BusinessNumber): string | null {
    const seenIn = new Set(this.#list(bsuid).map(({ portfolioId }) => portfolioId));
    const own = number.wabaId === null ? null : this.#numbers.portfolioOf(number.wabaId);
    const scopes = this.#scopesBeside(number);
    if ([...seenIn].some((scope) => scopes.has(scope))) return own;
    const [elsewhere] = [...seenIn].flatMap((scope) => this.#numbers.portfolioOf(scope) ?? []);
    return elsewhere ?? null;
  }

  #findBeside(number: BusinessNumber): (id: string) => IdentityFact[] {
    const scopes = this.#scopesBeside(number);
    return (id) => this.#list(id).filter(({ portfolioId }) => scopes.has(portfolioId));
  }

  #scopesBeside(number: BusinessNumber): ReadonlySet<string> {
    const scope = scopeOf(number);
    return number.wabaId === null ? new Set([scope]) : this.#numbers.wabasBeside(scope);
  }

  #isNoticed(id: string): boolean {
    return this.#noticed.has(nameOf(id)) || this.#sealed.has(id);
  }

  #list(id: string): IdentityFact[] {
    return [...this.#listKnown(id), ...this.#sealed.find(id)];
  }

  #listKnown(id: string): IdentityFact[] {
    return this.#find.all(id) as IdentityFact[];
  }

  #write(fact: IdentityFact): void {
    const { key, portfolioId, kind, bsuid, phone, previousBsuid, previousPhone } = fact;
    const { firstAt, lastAt } = fact;
    this.#upsert.run(
      key,
      portfolioId,
      kind,
      bsuid,
      phone,
      previousBsuid,
      previousPhone,
      firstAt,
      lastAt,
      nowInSeconds(),
    );
  }
}

/** Our own clock, for retention: timestamps that Meta passes on from a sender may be far off. */
function nowInSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}

function isSaidBy(
  fact: IdentityFact,
  { bsuid, phone }: Customer,
  { portfolioId, timestamp }: { portfolioId: string; timestamp: string },
): boolean {
  const isSame = fact.bsuid === bsuid && fact.phone === phone && fact.portfolioId === portfolioId;
  return isSame && Math.abs(Number(timestamp) - fact.lastAt) < WORTH_WRITING_S;
}

/** The WABA that a fact belongs to, or the number if the payload names no WABA. */
function scopeOf({ wabaId, phoneNumberId }: BusinessNumber): string {
  return wabaId ?? `number ${phoneNumberId}`;
}

function spellingsOf(id: string): string[] {
  return id.startsWith("+") ? phoneSpellings(id) : [id];
}

function isId(id: string | null): id is string {
  return id !== null;
}
