import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { BusinessNumber } from "#sdk/rules.ts";

/** A number of the business; what is not known of it is null. */
export type KnownNumber = BusinessNumber & { portfolioId: string | null };

/** The business's numbers: what webhooks said of them, and the roster. */
export class NumberBook {
  readonly #known = new Map<string, KnownNumber>();
  readonly #list: StatementSync;
  readonly #upsert: StatementSync;

  constructor(database: DatabaseSync) {
    this.#list = database.prepare(
      `SELECT phone_number_id AS phoneNumberId, display_phone_number AS displayPhoneNumber,
         waba_id AS wabaId, portfolio_id AS portfolioId FROM number`,
    );
    this.#upsert = database.prepare("INSERT OR REPLACE INTO number VALUES (?, ?, ?, ?)");
    this.reload();
  }

  /** Knows what is on disk, and no more. */
  reload(): void {
    this.#known.clear();
    const rows = this.#list.all() as KnownNumber[];
    for (const row of rows) this.#known.set(row.phoneNumberId, { ...row });
  }

  /** Takes in what is new; what this source does not know stays. Called within a transaction. */
  learn(number: BusinessNumber & { portfolioId?: string }): void {
    const before = this.#known.get(number.phoneNumberId);
    const after: KnownNumber = {
      phoneNumberId: number.phoneNumberId,
      displayPhoneNumber: number.displayPhoneNumber ?? before?.displayPhoneNumber ?? null,
      wabaId: number.wabaId ?? before?.wabaId ?? null,
      portfolioId: number.portfolioId ?? before?.portfolioId ?? null,
    };
    if (before && isSame(before, after)) return;
    this.#known.set(after.phoneNumberId, after);
    const { phoneNumberId, displayPhoneNumber, wabaId, portfolioId } = after;
    this.#upsert.run(phoneNumberId, displayPhoneNumber, wabaId, portfolioId);
  }

  find(phoneNumberId: string): KnownNumber | null {
    return this.#known.get(phoneNumberId) ?? null;
  }

  /** By its phone; without one, the only number there is. */
  findSender(displayPhoneNumber: string | null): KnownNumber | null {
    const all = [...this.#known.values()];
    if (displayPhoneNumber === null) return all.length === 1 ? (all[0] ?? null) : null;
    return all.find((number) => number.displayPhoneNumber === displayPhoneNumber) ?? null;
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

  #listKnown(isWanted: (number: KnownNumber) => boolean): KnownNumber[] {
    return [...this.#known.values()].filter(isWanted);
  }
}

function isSame(one: KnownNumber, other: KnownNumber): boolean {
  return (
    one.displayPhoneNumber === other.displayPhoneNumber &&
    one.wabaId === other.wabaId &&
    one.portfolioId === other.portfolioId
  );
}
