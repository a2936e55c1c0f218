import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type BusinessNumber, phoneSpellings } from "#sdk/rules.ts";

/** A number of the business; unknown fields are null. `isRetired` comes from the roster. */
export type KnownNumber = BusinessNumber & { portfolioId: string | null; isRetired: boolean };

/** What one source says about a number. */
type Learned = BusinessNumber & { portfolioId?: string; isRetired?: boolean };

type Row = Omit<KnownNumber, "isRetired"> & { isRetired: number };

/** The business's numbers, as known from webhooks and the roster. */
export class NumberBook {
  readonly #numbers = new Map<string, KnownNumber>();
  /** The numbers with one phone, by its usual spelling. */
  readonly #byPhone = new Index((number) => {
    return number.displayPhoneNumber === null ? null : toKey(number.displayPhoneNumber);
  });
  readonly #byWaba = new Index(({ wabaId }) => wabaId);
  readonly #byPortfolio = new Index(({ portfolioId }) => portfolioId);
  readonly #inService = new Index(({ isRetired }) => (isRetired ? null : ""));
  /** A cache by portfolio: needed for each message, and valid until a number changes. */
  readonly #wabasOf = new Map<string, ReadonlySet<string>>();
  readonly #list: StatementSync;
  readonly #upsert: StatementSync;

  constructor(database: DatabaseSync) {
    this.#list = database.prepare(
      `SELECT phone_number_id AS phoneNumberId, display_phone_number AS displayPhoneNumber,
         waba_id AS wabaId, portfolio_id AS portfolioId, is_retired AS isRetired FROM number`,
    );
    this.#upsert = database.prepare("INSERT OR REPLACE INTO number VALUES (?, ?, ?, ?, ?)");
    this.reload();
  }

  /** Reads all numbers from disk again. */
  reload(): void {
    this.#numbers.clear();
    for (const index of this.#indexes) index.clear();
    this.#wabasOf.clear();
    const rows = this.#list.all() as Row[];
    for (const row of rows) this.#keep({ ...row, isRetired: row.isRetired === 1 });
  }

  /** Stores what is new; fields that this source does not know stay. Called within a transaction. */
  learn(number: Learned): void {
    const before = this.#numbers.get(number.phoneNumberId);
    const after: KnownNumber = {
      phoneNumberId: number.phoneNumberId,
      displayPhoneNumber: number.displayPhoneNumber ?? before?.displayPhoneNumber ?? null,
      wabaId: number.wabaId ?? before?.wabaId ?? null,
      portfolioId: number.portfolioId ?? before?.portfolioId ?? null,
      isRetired: number.isRetired ?? before?.isRetired ?? false,
    };
    if (before && isSame(before, after)) return;
    this.#keep(after);
    const { phoneNumberId, displayPhoneNumber, wabaId, portfolioId, isRetired } = after;
    this.#upsert.run(phoneNumberId, displayPhoneNumber, wabaId, portfolioId, isRetired ? 1 : 0);
  }

  find(phoneNumberId: string): KnownNumber | null {
    return this.#numbers.get(phoneNumberId) ?? null;
  }

  /**
   * The number with this phone, in whatever spelling: prefers one in service to a retired one, then the given
   * spelling to another one. Without a phone, the only number in service, if there is just one.
   */
  findSender(phone: string | null): KnownNumber | null {
    if (phone === null) return this.#findOnly();
    const same = [...this.#byPhone.values(toKey(phone))];
    const inService = same.filter(({ isRetired }) => !isRetired);
    const candidates = inService.length > 0 ? inService : same;
    const asWritten = candidates.find(({ displayPhoneNumber }) => displayPhoneNumber === phone);
    return asWritten ?? candidates[0] ?? null;
  }

  /** Up to `most` numbers in service, and how many there are. */
  listInService(most: number): { numbers: KnownNumber[]; count: number } {
    return { numbers: this.#inService.first("", most), count: this.#inService.count("") };
  }

  /** The WABAs of this one's portfolio; only itself while the portfolio is unknown. */
  wabasBeside(wabaId: string): ReadonlySet<string> {
    const portfolioId = this.portfolioOf(wabaId);
    if (portfolioId === null) return new Set([wabaId]);
    const cached = this.#wabasOf.get(portfolioId);
    if (cached) return cached;
    const wabas = new Set<string>();
    for (const { wabaId: one } of this.#byPortfolio.values(portfolioId)) {
      if (one !== null) wabas.add(one);
    }
    this.#wabasOf.set(portfolioId, wabas);
    return wabas;
  }

  portfolioOf(wabaId: string): string | null {
    for (const { portfolioId } of this.#byWaba.values(wabaId)) {
      if (portfolioId !== null) return portfolioId;
    }
    return null;
  }

  #findOnly(): KnownNumber | null {
    const { numbers, count } = this.listInService(1);
    return count === 1 ? (numbers[0] ?? null) : null;
  }

  get #indexes(): Index[] {
    return [this.#byPhone, this.#byWaba, this.#byPortfolio, this.#inService];
  }

  #keep(number: KnownNumber): void {
    const before = this.#numbers.get(number.phoneNumberId);
    this.#numbers.set(number.phoneNumberId, number);
    for (const index of this.#indexes) index.replace(before ?? null, number);
    this.#wabasOf.clear();
  }
}

/** The numbers by a key that they share, each list in the order of insertion. */
class Index {
  readonly #toKey: (number: KnownNumber) => string | null;
  readonly #numbers = new Map<string, Map<string, KnownNumber>>();

  constructor(toKey: (number: KnownNumber) => string | null) {
    this.#toKey = toKey;
  }

  values(key: string): Iterable<KnownNumber> {
    return this.#numbers.get(key)?.values() ?? [];
  }

  first(key: string, most: number): KnownNumber[] {
    const numbers: KnownNumber[] = [];
    for (const number of this.values(key)) {
      if (numbers.length === most) break;
      numbers.push(number);
    }
    return numbers;
  }

  count(key: string): number {
    return this.#numbers.get(key)?.size ?? 0;
  }

  replace(before: KnownNumber | null, after: KnownNumber): void {
    const [oldKey, newKey] = [before && this.#toKey(before), this.#toKey(after)];
    if (oldKey !== null && oldKey !== newKey) this.#remove(oldKey, after.phoneNumberId);
    if (newKey === null) return;
    const numbers = this.#numbers.get(newKey) ?? new Map<string, KnownNumber>();
    this.#numbers.set(newKey, numbers.set(after.phoneNumberId, after));
  }

  clear(): void {
    this.#numbers.clear();
  }

  #remove(key: string, phoneNumberId: string): void {
    const numbers = this.#numbers.get(key);
    numbers?.delete(phoneNumberId);
    if (numbers?.size === 0) this.#numbers.delete(key);
  }
}

function isSame(one: KnownNumber, other: KnownNumber): boolean {
  return (
    one.displayPhoneNumber === other.displayPhoneNumber &&
    one.wabaId === other.wabaId &&
    one.portfolioId === other.portfolioId &&
    one.isRetired === other.isRetired
  );
}

function toKey(phone: string): string {
  return phoneSpellings(phone)[0];
}
