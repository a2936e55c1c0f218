import { PackedNumbers } from "./packed-numbers.ts";

/** From this size on, a native Set of strings no longer fits the processor's caches (bench/decision.ts). */
const PACK_FROM = 8_192;

/** The numbers that are on, in a Set; when that is large, a packed copy answers lookups. */
export class AcceptingNumbers {
  readonly #numbers: Set<string>;
  #packed: PackedNumbers | null = null;
  /** How many numbers the packed copy cannot hold: leading zeros, or more than 18 digits. */
  #odd = 0;

  constructor(numbers: Iterable<string> = []) {
    this.#numbers = new Set(numbers);
    this.#packWhenLarge();
  }

  /** Never throws, whatever is passed; false for anything that is not a number's id. */
  has(phoneNumberId: unknown): boolean {
    const packed = this.#packed;
    if (packed === null) return this.#numbers.has(phoneNumberId as string);
    if (typeof phoneNumberId !== "string") return false;
    return packed.has(phoneNumberId) || (this.#odd > 0 && this.#numbers.has(phoneNumberId));
  }

  set(phoneNumberId: string, accepts: boolean): void {
    if (accepts === this.#numbers.has(phoneNumberId)) return;
    if (!PackedNumbers.canHold(phoneNumberId)) this.#odd += accepts ? 1 : -1;
    if (accepts) {
      this.#numbers.add(phoneNumberId);
      if (this.#packed) this.#packed.add(phoneNumberId);
      else this.#packWhenLarge();
    } else {
      this.#numbers.delete(phoneNumberId);
      this.#packed?.delete(phoneNumberId);
    }
  }

  get size(): number {
    return this.#numbers.size;
  }

  values(): IterableIterator<string> {
    return this.#numbers.values();
  }

  #packWhenLarge(): void {
    if (this.#numbers.size < PACK_FROM) return;
    this.#packed = new PackedNumbers(this.#numbers, this.#numbers.size);
    this.#odd = 0;
    for (const number of this.#numbers) if (!PackedNumbers.canHold(number)) this.#odd += 1;
  }
}
