import { chooseHits } from "./choose-hits.ts";
import { isAmbiguous, type KnownNumber, type KnownNumbers, type Match } from "./known-numbers.ts";
import { narrowByArea } from "./narrow-by-area.ts";
import { quote } from "./quote.ts";
import { type RestUnit, readRest, YEAR } from "./read-rest.ts";
import type { ScannedText } from "./scan-text.ts";
import { endsRange, expandRange, expandShortForm, readShortForm } from "./short-forms.ts";

/** A number as it is written, and the numbers of the roster that it may be. */
type NamedNumber = { written: string; phoneNumberIds: string[] };

/** The numbers in a text, as they are written there, in its order. */
export type NumbersReading = {
  found: NamedNumber[];
  /** Those that may be one of several: a person has to choose. */
  ambiguous: NamedNumber[];
  /** Numbers that are not in the roster. */
  notFound: string[];
  /** Dates, amounts, documents, orders and similar ones. */
  ignored: string[];
  /** Numbers whose digits a spreadsheet has lost. */
  damaged: string[];
};

type Unit = { first: number; last: number; digits: string } & (
  | { numbers: KnownNumber[]; form: Match["form"] }
  | { kind: RestUnit["kind"] }
);

/** Reads which numbers of the roster a text names. `roster` must have the results for `findWanted`. */
export function readNumbers(scan: ScannedText, roster: KnownNumbers): NumbersReading {
  const units = readShortForms(scan, roster, readUnits(scan, roster));
  const matched = new Map<string, NamedNumber>();
  const ambiguous = new Map<string, NamedNumber>();
  const rest = {
    number: new Map<string, string>(),
    ignored: new Map<string, string>(),
    damaged: new Map<string, string>(),
  };
  for (const unit of units) {
    const written = quote(scan, unit.first, unit.last);
    if ("numbers" in unit) {
      const phoneNumberIds = unit.numbers.map(({ phoneNumberId }) => phoneNumberId);
      const into = isAmbiguous(unit.numbers) ? ambiguous : matched;
      const key = phoneNumberIds.join();
      if (!into.has(key)) into.set(key, { written, phoneNumberIds });
    } else if (unit.kind !== "nothing") {
      const into = rest[unit.kind];
      const key = unit.kind === "number" ? unit.digits : written;
      if (!into.has(key)) into.set(key, written);
    }
  }
  return {
    found: [...matched.values()],
    ambiguous: [...ambiguous.values()],
    notFound: [...rest.number.values()],
    ignored: [...rest.ignored.values()],
    damaged: [...rest.damaged.values()],
  };
}

function readUnits(scan: ScannedText, roster: KnownNumbers): Unit[] {
  const hits = narrowByArea(scan, chooseHits(scan, roster));
  const isUsed = scan.groups.map(() => false);
  for (const { first, last } of hits) isUsed.fill(true, first, last + 1);
  return [...hits, ...readRest(scan, isUsed)].sort((one, other) => one.first - other.first);
}

type Base = { digits: string; hasPlus: boolean; last: number };

/** Expands short forms and ranges after a number into the numbers of the roster that they stand for. */
function readShortForms(scan: ScannedText, roster: KnownNumbers, units: readonly Unit[]): Unit[] {
  let base: Base | null = null;
  return units.flatMap((unit): Unit[] => {
    if ("numbers" in unit || unit.kind === "number") {
      const hasPlus = scan.groups[unit.first]?.hasPlus ?? false;
      const between = base ? readRange(scan, { roster, base, unit }) : [];
      const isId = "form" in unit && unit.form === "id";
      base = isId ? null : { digits: unit.digits, hasPlus, last: unit.last };
      return [...between, unit];
    }
    const short = unit.first === unit.last ? readShortForm(scan.groups, unit.first) : null;
    if (!short) base = null;
    if (!base || !short) return [unit];
    const hits = findAll(roster, expandShortForm(base.digits, short), { unit, base });
    if (hits.length > 0) return hits;
    // "…; 2020: …" is followed by a year.
    const isYear = YEAR.test(short.digits) && !scan.groups[unit.first]?.between.includes("/");
    const isPlausible = short.digits.length === 4 && !isYear;
    return isPlausible ? [{ ...unit, digits: unit.digits, kind: "number" }] : [unit];
  });
}

/** Reads the numbers between two full ones: "3300-1001 a 3300-1005". */
function readRange(
  { groups }: ScannedText,
  { roster, base, unit }: { roster: KnownNumbers; base: Base; unit: Unit },
): Unit[] {
  if (base.last !== unit.first - 1 || !endsRange(groups[unit.first])) return [];
  return findAll(roster, expandRange(base.digits, unit.digits), { unit, base });
}

function findAll(
  roster: KnownNumbers,
  numbers: readonly string[],
  { unit, base: { hasPlus } }: { unit: Unit; base: Base },
): Unit[] {
  return numbers.flatMap((digits): Unit[] => {
    const match = roster.findByPhone(digits, { hasPlus });
    return match ? [{ ...unit, digits, ...match }] : [];
  });
}
