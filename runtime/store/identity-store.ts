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

/** What is heard again within this time is not written again: who is who does not hang on it. */
const WORTH_WRITING_S = 3_600;
const REMEMBERED = 50_000;
/** Of one customer; a phone that changed hands brings strangers' in. */
const MOST_IDS = 50;

/**
 * Who the customers are, from what webhooks said (the SDK's facts). A fact is kept by the WABA that it
 * came to, and read by the whole portfolio: so ids of two portfolios never mix, and a portfolio that
 * becomes known later needs no change of what is kept.
 */
export class IdentityStore {
  readonly #numbers: NumberBook;
  readonly #upsert: StatementSync;
  readonly #find: StatementSync;
  /** Ids that some notice named, phones too: only these can be anybody's former ones. */
  readonly #noticed: Set<string>;
  /** What was written lately of a customer, by the id that names them best. */
  readonly #written = new Map<string, IdentityFact>();

  constructor(database: DatabaseSync, numbers: NumberBook) {
    this.#numbers = numbers;
    this.#upsert = database.prepare(
      `INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
         first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`,
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
    this.#noticed = new Set((noticed.all() as IdentityFact[]).flatMap(idsOf).map(toName));
  }

  /** Writes what is heard again, whenever it was heard last. */
  forgetWritten(): void {
    this.#written.clear();
  }

  /** Called within a transaction. */
  learn(customer: Customer, about: { number: BusinessNumber; timestamp: string }): void {
    const id = customer.bsuid ?? customer.phone;
    if (id === null) return;
    const portfolioId = scopeOf(about.number);
    const { timestamp } = about;
    const written = this.#written.get(id);
    if (written && isSaidBy(written, customer, { portfolioId, timestamp })) return;
    const fact = factOfCustomer(customer, { portfolioId, timestamp });
    if (!fact) return;
    this.#write(fact);
    if (this.#written.size >= REMEMBERED) this.#written.clear();
    this.#written.set(id, fact);
  }

  /** Whether a notice is about somebody whose message or status was told to the business. */
  knows(change: IdentityChange): boolean {
    const find = this.#findBeside(change.number);
    const fact = factOfChange(change, { portfolioId: scopeOf(change.number) });
    return idsOf(fact).some((id) => find(id).length > 0);
  }

  /** Called within a transaction. */
  apply(change: IdentityChange): void {
    const fact = factOfChange(change, { portfolioId: scopeOf(change.number) });
    for (const id of idsOf(fact)) this.#noticed.add(toName(id));
    this.#write(fact);
  }

  /** The customer by the newest BSUID, itself where that is theirs: a late webhook may still have an older one. */
  current(customer: Customer, number: BusinessNumber): Customer {
    if (customer.bsuid === null) return customer;
    const bsuid = this.newestBsuid(customer.bsuid, number);
    return bsuid === customer.bsuid ? customer : { ...customer, bsuid };
  }

  /** The BSUID that this one has become; itself as long as nothing says so. */
  newestBsuid(bsuid: string, number: BusinessNumber): string {
    if (!this.#noticed.has(bsuid)) return bsuid;
    return resolveIdentity(this.#findBeside(number), bsuid)?.userId ?? bsuid;
  }

  /** The newest BSUID of the customer who has this phone, in whatever spelling; null where none is known. */
  bsuidOfPhone(phone: string, number: BusinessNumber): string | null {
    const find = this.#findBeside(number);
    for (const spelling of phoneSpellings(phone)) {
      const identity = resolveIdentity(find, spelling);
      // Who gave the phone up is not who has it.
      if (identity?.phone === spelling && identity.userId !== null) return identity.userId;
    }
    return null;
  }

  /**
   * All ids by which a customer is or was known: those that they come with, and what was said of these.
   * Who has both ids, and no notice, is known by nothing else.
   */
  idsOf({ phone, bsuid, parentBsuid }: Customer, number: BusinessNumber): string[] {
    const own = [phone, bsuid, parentBsuid].filter(isId);
    const isComplete =
      phone !== null &&
      bsuid !== null &&
      ![phone, bsuid].some((id) => this.#noticed.has(toName(id)));
    if (isComplete || (phone === null && bsuid === null)) return own;
    const find = this.#findBeside(number);
    const ids = new Set(own);
    // Grows while it is walked: what was said of an id names others.
    for (const id of ids) {
      if (ids.size >= MOST_IDS) break;
      const spellings = id.startsWith("+") ? phoneSpellings(id) : [id];
      for (const fact of spellings.flatMap(find)) for (const named of idsOf(fact)) ids.add(named);
    }
    return [...ids];
  }

  /**
   * The portfolio that a BSUID was seen in: the number's own if it was seen there, too; null where it
   * was not seen, or nobody knows whose that WABA is.
   */
  portfolioOfBsuid(bsuid: string, number: BusinessNumber): string | null {
    const seenIn = new Set(this.#list(bsuid).map(({ portfolioId }) => portfolioId));
    const own = number.wabaId === null ? null : this.#numbers.portfolioOf(number.wabaId);
    if (this.#scopesBeside(number).some((scope) => seenIn.has(scope))) return own;
    const [elsewhere] = [...seenIn].flatMap((scope) => this.#numbers.portfolioOf(scope) ?? []);
    return elsewhere ?? null;
  }

  #findBeside(number: BusinessNumber): (id: string) => IdentityFact[] {
    const scopes = new Set(this.#scopesBeside(number));
    return (id) => this.#list(id).filter(({ portfolioId }) => scopes.has(portfolioId));
  }

  #scopesBeside(number: BusinessNumber): string[] {
    const scope = scopeOf(number);
    return number.wabaId === null ? [scope] : this.#numbers.wabasBeside(scope);
  }

  #list(id: string): IdentityFact[] {
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
    );
  }
}

function isSaidBy(
  fact: IdentityFact,
  { bsuid, phone }: Customer,
  { portfolioId, timestamp }: { portfolioId: string; timestamp: string },
): boolean {
  const isSame = fact.bsuid === bsuid && fact.phone === phone && fact.portfolioId === portfolioId;
  return isSame && Math.abs(Number(timestamp) - fact.lastAt) < WORTH_WRITING_S;
}

/** Without a WABA in the payload, the number alone. */
function scopeOf({ wabaId, phoneNumberId }: BusinessNumber): string {
  return wabaId ?? `number ${phoneNumberId}`;
}

/** One for all spellings of a phone. */
function toName(id: string): string {
  return id.startsWith("+") ? phoneSpellings(id)[0] : id;
}

function isId(id: string | null): id is string {
  return id !== null;
}
