import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsStringLiteral,
} from "nuqs/server";
import { SAMPLE_PAYLOADS } from "#sdk/rules.ts";

/** The case of a payload that was pasted or typed: it is never put into the address. */
export const OWN = "own";

/** As which number's flag is to be seen: as it is at the moment, or one of the two. */
export const STATES = ["now", "on", "off"] as const;
export type SimulatorState = (typeof STATES)[number];

const phoneNumberId = createParser({
  parse: (text) => (/^[0-9]{1,32}$/.test(text) ? text : null),
  serialize: String,
});

/** The page's state, all of it in the address; a pasted payload alone is not. */
export const simulatorParsers = {
  case: parseAsStringLiteral([...SAMPLE_PAYLOADS.map(({ id }) => id), OWN]).withDefault(
    "phone-less",
  ),
  /** Null: the numbers that the payload names. */
  number: phoneNumberId,
  state: parseAsStringLiteral(STATES).withDefault("now"),
};

export type SimulatorQuery = inferParserType<typeof simulatorParsers>;

export const loadSimulatorQuery = createLoader(simulatorParsers);
const serialise = createSerializer(simulatorParsers);

/** The address of the page in a state; what is not named starts from its default. */
export function toSimulatorHref(query: Partial<SimulatorQuery>) {
  return `/simulator${serialise(query)}` as `/simulator?${string}`;
}
