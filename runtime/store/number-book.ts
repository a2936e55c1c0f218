import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type BusinessNumber, phoneSpellings } from "#sdk/rules.ts";

/** A number of the business; what is not known of it is null. `isRetired`: by the roster. */
export type KnownNumber = BusinessNumber & { portfolioId: string | null; isRetired: boolean };

/** What one source says of a number. */
type Learned = BusinessNumber & { portfolioId?: string; isRetired?: boolean };

type Row = Omit<KnownNumber, "isRetired"> & { isRetired: number };

/** The business's numbers: what webhooks said of them, and the roster. */
export class NumberBook {
  readonly #known = new Map<string, KnownNumber>();
  /** The numbers with one phone, by its usual spelling. */
  readonly #byPhone = new Index((number) => {
    return number.displayPhoneNumber === null ? null : toKey(number.displayPhoneNumber);
  });
  readonly #byWaba = new Index(({ wabaId }) => wabaId);
  readonly #byPortfolio = new Index(({ portfolioId }) => portfolioId);
  readonly #inService = new Index(({ isRetired }) => (isRetired ? null : ""));
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

  /** Knows what is on disk, and no more. */
  reload(): void {
    this.#known.clear();
    for (const index of this.#indexes) index.clear();
    const rows = this.#list.all() as Row[];
    for (const row of rows) this.#keep({ ...row, isRetired: row.isRetired === 1 });
  }

  /** Takes in what is new; what this source does not know stays. Called within a transaction. */
  learn(number: Learned): void {
    const before = this.#known.get(number.phoneNumberId);
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
    return this.#known.get(phoneNumberId) ?? null;
  }

  /**
   * The number with this phone, in whatever spelling: one in service before one that is retired, then the
   * spelling as it is before another one. Without a phone, the only number in service.
   */
  findSender(phone: string | null): KnownNumber | null {
    if (phone === null) return this.#findOnly();
    const same = this.#byPhone.list(toKey(phone));
    const inService = same.filter(({ isRetired }) => !isRetired);
    const candidates = inService.length > 0 ? inService : same;
    const asWritten = candidates.find(({ displayPhoneNumber }) => displayPhoneNumber === phone);
    return asWritten ?? candidates[0] ?? null;
  }

  listInService(): KnownNumber[] {
    return this.#inService.list("");
  }

  /** The WABAs of the portfolio that this one is in; itself alone as long as that is not known. */
  wabasBeside(wabaId: string): string[] {
    const portfolioId = this.portfolioOf(wabaId);
    const beside = portfolioId === null ? [] : this.#byPortfolio.list(portfolioId);
    return [...new Set([wabaId, ...beside.flatMap((one) => one.wabaId ?? [])])];
  }

  portfolioOf(wabaId: string): string | null {
    const known = this.#byWaba.list(wabaId).find(({ portfolioId }) => portfolioId !== null);
    return known?.portfolioId ?? null;
  }

  #findOnly(): KnownNumber | null {
    const [only, ...others] = this.listInService();
    return others.length === 0 ? (only ?? null) : null;
  }

  get #indexes(): Index[] {
    return [this.#byPhone, this.#byWaba, this.#byPortfolio, this.#inService];
  }

  #keep(number: KnownNumber): void {
    const before = this.#known.get(number.phoneNumberId);
    this.#known.set(number.phoneNumberId, number);
    for (const index of this.#indexes) index.replace(before ?? null, number);
  }
}

/** The numbers by something they share, each list in the order in which they came. */
class Index {
  readonly #toKey: (number: KnownNumber) => string | null;
  readonly #numbers = new Map<string, Map<string, KnownNumber>>();

  constructor(toKey: (number: KnownNumber) => string | null) {
    this.#toKey = toKey;
  }

  list(key: string): KnownNumber[] {
    return [...(this.#numbers.get(key)?.values() ?? [])];
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
