import { describe, expect, test } from "vitest";
import { PASTED_BY_COUNTRY } from "#testing/pasted/pasted-by-country.ts";
import { PASTED_IN_CONTEXT } from "#testing/pasted/pasted-in-context.ts";
import { PASTED_STRANGERS } from "#testing/pasted/pasted-strangers.ts";
import {
  PASTED_IDS,
  PASTED_ROSTER,
  PASTED_TEXTS,
  type PastedKey,
} from "#testing/pasted/pasted-texts.ts";
import { PASTED_WITH_LABELS } from "#testing/pasted/pasted-with-labels.ts";
import { findWanted } from "./find-wanted.ts";
import { KnownNumbers } from "./known-numbers.ts";
import { readNumbers } from "./read-numbers.ts";
import { scanText } from "./scan-text.ts";

const KEYS = Object.keys(PASTED_ROSTER) as PastedKey[];
const ROSTER = KEYS.map((key) => ({
  phoneNumberId: PASTED_IDS[key],
  displayPhoneNumber: PASTED_ROSTER[key],
  isRetired: false,
}));

/** As the database answers: only what the text asks for. */
function read(text: string, roster = ROSTER) {
  const scan = scanText(text);
  const wanted = findWanted(scan);
  const listed = roster.filter(
    ({ phoneNumberId, displayPhoneNumber }) =>
      wanted.phoneNumberIds.includes(phoneNumberId) ||
      wanted.endings.includes(displayPhoneNumber.slice(-7)),
  );
  return readNumbers(scan, new KnownNumbers(listed));
}

function keysOf(named: readonly { phoneNumberIds: string[] }[]): PastedKey[] {
  const ids = new Set(named.flatMap(({ phoneNumberIds }) => phoneNumberIds));
  return KEYS.filter((key) => ids.has(PASTED_IDS[key])).sort();
}

const TEXTS = {
  ...PASTED_TEXTS,
  ...PASTED_WITH_LABELS,
  ...PASTED_BY_COUNTRY,
  ...PASTED_IN_CONTEXT,
};

describe.each(Object.entries(TEXTS))("a pasted text: %s", (_, texts) => {
  test.each(texts)("%j", (text, finds, rest = {}) => {
    const { found, ambiguous, notFound, ignored, damaged } = read(text);
    expect(keysOf([...found, ...ambiguous])).toEqual(finds.toSorted());
    const { ambiguous: either, ...others } = rest;
    if (either) expect(keysOf(ambiguous)).toEqual(either.toSorted());
    expect({ notFound, ignored, damaged }).toMatchObject(others);
  });
});

test.each(PASTED_STRANGERS)(
  "digits that only end like a number of the roster are not found: %j",
  (text) => {
    const { found, ambiguous } = read(text);
    expect(keysOf([...found, ...ambiguous])).toEqual([]);
  },
);

test("an area code applies to the next phones even if a retired number has the first one", () => {
  const retired = { ...ROSTER[0], phoneNumberId: "799999999999991", isRetired: true };
  const roster = [...ROSTER, retired as (typeof ROSTER)[number]];
  const { found, ambiguous } = read("11 96420-7710 e 96420-7710, 3028-4455", roster);
  expect(ambiguous).toEqual([]);
  expect(keysOf(found)).toEqual(["SP", "SPF"]);
});
