import { phoneSpellings } from "#sdk/rules/phone-spellings.ts";
import { type Candidate, toEnding } from "./find-candidates.ts";
import { type ComparablePhone, formOf, type PhoneForm, toComparablePhone } from "./phone-forms.ts";

/** A number of the roster that a text may name. */
export type KnownNumber = { phoneNumberId: string; displayPhoneNumber: string; isRetired: boolean };

/** The numbers that some digits name, and in which form. */
export type Match = { form: PhoneForm | "id"; numbers: KnownNumber[] };

/** Groups of digits that name one or more numbers of the roster. */
export type Hit = Candidate & Match;

type Entry = { number: KnownNumber; phone: ComparablePhone };

const RANK: Record<PhoneForm, number> = { international: 2, national: 1, local: 0 };

/** The numbers of the roster that a text may name, to be looked up by digits. */
export class KnownNumbers {
  readonly #byEnding = new Map<string, Entry[]>();
  readonly #byId = new Map<string, KnownNumber>();

  /** @param numbers may have one twice: by its phone and by its id */
  constructor(numbers: readonly KnownNumber[]) {
    for (const number of numbers) {
      const { phoneNumberId, displayPhoneNumber } = number;
      if (this.#byId.has(phoneNumberId)) continue;
      this.#byId.set(phoneNumberId, number);
      const ending = toEnding(displayPhoneNumber);
      const entry = { number, phone: toComparablePhone(displayPhoneNumber) };
      const entries = this.#byEnding.get(ending);
      if (entries) entries.push(entry);
      else this.#byEnding.set(ending, [entry]);
    }
  }

  /** Whether any phone ends with these digits; a quick check before `findByPhone`. */
  hasEnding(digits: string): boolean {
    return this.#byEnding.has(toEnding(digits));
  }

  findById(phoneNumberId: string): Match | null {
    const number = this.#byId.get(phoneNumberId);
    return number ? { form: "id", numbers: [number] } : null;
  }

  /** Finds the numbers whose phones these digits are; local forms only if no fuller form matches. */
  findByPhone(digits: string, { hasPlus }: { hasPlus: boolean }): Match | null {
    const matches = (this.#byEnding.get(toEnding(digits)) ?? []).flatMap(({ number, phone }) => {
      const form = formOf(digits, phone);
      const isTaken = form !== null && !(hasPlus && !startsWithCode(digits, phone));
      return isTaken && !(hasPlus && form === "national") ? [{ number, form }] : [];
    });
    const form = matches.reduce<PhoneForm>(
      (best, one) => (RANK[one.form] > RANK[best] ? one.form : best),
      "local",
    );
    const kept = matches.filter((one) => form === "local" || one.form !== "local");
    return kept.length === 0 ? null : { form, numbers: kept.map(({ number }) => number) };
  }
}

function startsWithCode(digits: string, { countryCode }: ComparablePhone): boolean {
  return digits.replace(/^0+/, "").startsWith(countryCode);
}

/** Whether a person has to choose: two different phones, or one phone of two numbers in service. */
export function isAmbiguous(numbers: readonly KnownNumber[]): boolean {
  if (numbers.length === 1) return false;
  const phones = new Set(numbers.map((number) => phoneSpellings(number.displayPhoneNumber)[0]));
  return phones.size > 1 || numbers.filter(({ isRetired }) => !isRetired).length > 1;
}
