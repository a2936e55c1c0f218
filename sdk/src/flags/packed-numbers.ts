const SMALLEST = 1 << 15;
/** Nine digits stay below 2^30, so that each half of a number fits into an Int32. */
const HALF_DIGITS = 9;
const MAX_DIGITS = 2 * HALF_DIGITS;

/**
 * A set of decimal numbers of up to 18 digits without a leading zero, in one flat table
 * (open addressing, linear probing, at most half full), behind a filter of a few bits a number that
 * stays in the processor's cache. A native Set of 200,000 strings follows pointers all over memory for one
 * answer; this reads one cache line for a number that is on, and mostly none for one that is off.
 */
export class PackedNumbers {
  #table = new Int32Array(0);
  /** Bits by the hash's upper end: 0 says that no number with it was ever added; deletes leave 1s behind. */
  #filter = new Int32Array(0);
  #filterShift = 0;
  #mask = 0;
  #size = 0;
  // The halves of the last number read: returning them in an object would cost as much as the lookup.
  #high = 0;
  #low = 0;

  constructor(numbers: Iterable<string>, expected: number) {
    this.#resize(expected);
    for (const number of numbers) this.add(number);
  }

  /** Whether this set can hold the number. */
  static canHold(number: string): boolean {
    return number.length <= MAX_DIGITS && /^[1-9][0-9]*$/.test(number);
  }

  has(number: string): boolean {
    return this.#read(number) && this.#mayHold() && this.#table[this.#find()] !== 0;
  }

  add(number: string): void {
    if (!this.#read(number)) return;
    const at = this.#find();
    if (this.#table[at] !== 0) return;
    this.#put(at);
    this.#size += 1;
    if (this.#size * 4 > this.#table.length) this.#resize(this.#size * 2);
  }

  delete(number: string): void {
    if (!this.#read(number)) return;
    const at = this.#find();
    if (this.#table[at] === 0) return;
    this.#size -= 1;
    this.#closeGap(at >> 1);
  }

  /** Reads the digits into the two halves; false for a number that this set cannot hold. */
  #read(number: string): boolean {
    const { length } = number;
    if (length === 0 || length > MAX_DIGITS || number.charCodeAt(0) === 48) return false;
    const split = length > HALF_DIGITS ? length - HALF_DIGITS : 0;
    let high = 0;
    let low = 0;
    // Negative as soon as one character is not a digit, which is cheaper than a branch for each.
    let wrong = 0;
    for (let at = 0; at < split; at += 1) {
      const digit = number.charCodeAt(at) - 48;
      wrong |= digit | (9 - digit);
      high = (Math.imul(high, 10) + digit) | 0;
    }
    for (let at = split; at < length; at += 1) {
      const digit = number.charCodeAt(at) - 48;
      wrong |= digit | (9 - digit);
      low = (Math.imul(low, 10) + digit) | 0;
    }
    this.#high = high;
    this.#low = low;
    return wrong >= 0;
  }

  #mayHold(): boolean {
    const bit = hash(this.#high, this.#low + 1) >>> this.#filterShift;
    return ((this.#filter[bit >> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  /** Writes the last number read at this position. */
  #put(at: number): void {
    this.#table[at] = this.#low + 1;
    this.#table[at + 1] = this.#high;
    const bit = hash(this.#high, this.#low + 1) >>> this.#filterShift;
    this.#filter[bit >> 5] = (this.#filter[bit >> 5] ?? 0) | (1 << (bit & 31));
  }

  /** The position of the last number read, or the empty one where it belongs. */
  #find(): number {
    const table = this.#table;
    const mask = this.#mask;
    const high = this.#high;
    const low = this.#low + 1;
    let slot = hash(high, low) & mask;
    for (;;) {
      const at = slot << 1;
      const entry = table[at];
      if (entry === 0 || (entry === low && table[at + 1] === high)) return at;
      slot = (slot + 1) & mask;
    }
  }

  /** Moves numbers that were pushed past the gap back, so that no search meets a gap before its number. */
  #closeGap(start: number): void {
    const table = this.#table;
    let gap = start;
    for (let slot = (start + 1) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const low = table[slot << 1] ?? 0;
      if (low === 0) break;
      const high = table[(slot << 1) + 1] ?? 0;
      const home = hash(high, low) & this.#mask;
      if (((slot - home) & this.#mask) < ((slot - gap) & this.#mask)) continue;
      table[gap << 1] = low;
      table[(gap << 1) + 1] = high;
      gap = slot;
    }
    table[gap << 1] = 0;
  }

  #resize(expected: number): void {
    const old = this.#table;
    let slots = SMALLEST;
    while (slots < expected * 2) slots *= 2;
    this.#table = new Int32Array(slots * 2);
    this.#mask = slots - 1;
    // Four bits a slot, eight or more a number.
    this.#filter = new Int32Array(slots / 8);
    this.#filterShift = Math.clz32(slots * 4 - 1);
    for (let at = 0; at < old.length; at += 2) {
      const low = old[at] ?? 0;
      if (low === 0) continue;
      this.#low = low - 1;
      this.#high = old[at + 1] ?? 0;
      this.#put(this.#find());
    }
  }
}

function hash(high: number, low: number): number {
  const mixed = Math.imul(Math.imul(high, 0x9e3779b1) ^ low, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
