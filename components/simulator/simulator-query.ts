import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsBoolean,
  parseAsStringLiteral,
} from "nuqs/server";
import { SAMPLE_PAYLOADS } from "#sdk/rules.ts";
import { ENDPOINTS, SAMPLE_SEND_IDS } from "./sample-sends.ts";

/** What can be tried out: a payload that comes in, or a request to send. */
export const VIEWS = ["receive", "send"] as const;

/** The case of a text that was pasted or typed: it is never put into the address. */
export const OWN = "own";

/** As which number's flag is to be seen: as it is at the moment, or one of the two. */
export const STATES = ["now", "on", "off"] as const;
export type SimulatorState = (typeof STATES)[number];

const phoneNumberId = createParser({
  parse: (text) => (/^[0-9]{1,32}$/.test(text) ? text : null),
  serialize: String,
});

/** The page's state, all of it in the address; a pasted text alone is not. */
export const simulatorParsers = {
  view: parseAsStringLiteral(VIEWS).withDefault("receive"),
  case: parseAsStringLiteral([...SAMPLE_PAYLOADS.map(({ id }) => id), OWN]).withDefault(
    "phone-less",
  ),
  /** Null: the numbers that the payload names. */
  number: phoneNumberId,
  state: parseAsStringLiteral(STATES).withDefault("now"),
  send: parseAsStringLiteral([...SAMPLE_SEND_IDS, OWN]).withDefault("session-bsuid"),
  /** Null: those of the picked request. */
  endpoint: parseAsStringLiteral(ENDPOINTS),
  auth: parseAsBoolean,
};

/** What is left out stays; null is the default. */
export type SetSimulatorQuery = (
  change: {
    [Name in keyof SimulatorQuery]?: SimulatorQuery[Name] | null;
  },
) => void;
export type SimulatorQuery = inferParserType<typeof simulatorParsers>;

export const loadSimulatorQuery = createLoader(simulatorParsers);
const serialise = createSerializer(simulatorParsers);

/** The address of the page in a state; what is not named starts from its default. */
export function toSimulatorHref(query: Partial<SimulatorQuery>) {
  return `/simulator${serialise(query)}` as `/simulator?${string}`;
}
