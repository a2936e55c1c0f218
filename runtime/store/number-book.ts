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
  readonly #byPhone = new Map<string, KnownNumber[]>();
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
    this.#byPhone.clear();
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
    const same = this.#byPhone.get(toKey(phone)) ?? [];
    const inService = same.filter(({ isRetired }) => !isRetired);
    const candidates = inService.length > 0 ? inService : same;
    const asWritten = candidates.find(({ displayPhoneNumber }) => displayPhoneNumber === phone);
    return asWritten ?? candidates[0] ?? null;
  }

  listInService(): KnownNumber[] {
    return this.#listKnown(({ isRetired }) => !isRetired);
  }

  /** The WABAs of the portfolio that this one is in; itself alone as long as that is not known. */
  wabasBeside(wabaId: string): string[] {
    const portfolioId = this.portfolioOf(wabaId);
    const beside =
      portfolioId === null ? [] : this.#listKnown((one) => one.portfolioId === portfolioId);
    return [...new Set([wabaId, ...beside.flatMap((one) => one.wabaId ?? [])])];
  }

  portfolioOf(wabaId: string): string | null {
    const [number] = this.#listKnown((one) => one.wabaId === wabaId && one.portfolioId !== null);
    return number?.portfolioId ?? null;
  }

  #findOnly(): KnownNumber | null {
    let only: KnownNumber | null = null;
    for (const number of this.#known.values()) {
      if (number.isRetired) continue;
      if (only) return null;
      only = number;
    }
    return only;
  }

  #keep(number: KnownNumber): void {
    const before = this.#known.get(number.phoneNumberId);
    if (before) this.#forgetPhone(before);
    this.#known.set(number.phoneNumberId, number);
    if (number.displayPhoneNumber === null) return;
    const key = toKey(number.displayPhoneNumber);
    this.#byPhone.set(key, [...(this.#byPhone.get(key) ?? []), number]);
  }

  #forgetPhone({ displayPhoneNumber, phoneNumberId }: KnownNumber): void {
    if (displayPhoneNumber === null) return;
    const key = toKey(displayPhoneNumber);
    const others = this.#byPhone.get(key)?.filter((one) => one.phoneNumberId !== phoneNumberId);
    this.#byPhone.set(key, others ?? []);
  }

  #listKnown(isWanted: (number: KnownNumber) => boolean): KnownNumber[] {
    return [...this.#known.values()].filter(isWanted);
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
