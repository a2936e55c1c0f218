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

/** The views of the simulator: an incoming payload, or a request to send. */
export const VIEWS = ["receive", "send"] as const;

/** The case for a pasted or typed text, which is never put into the address. */
export const OWN = "own";

/** The flag to simulate: the number's current one, or a fixed one. */
export const STATES = ["now", "on", "off"] as const;
export type SimulatorState = (typeof STATES)[number];

const phoneNumberId = createParser({
  parse: (text) => (/^[0-9]{1,32}$/.test(text) ? text : null),
  serialize: String,
});

/** The page's state, all of it in the address except a pasted text. */
export const simulatorParsers = {
  view: parseAsStringLiteral(VIEWS).withDefault("receive"),
  case: parseAsStringLiteral([...SAMPLE_PAYLOADS.map(({ id }) => id), OWN]).withDefault(
    "phone-less",
  ),
  /** Null for the numbers that the payload names. */
  number: phoneNumberId,
  state: parseAsStringLiteral(STATES).withDefault("now"),
  send: parseAsStringLiteral([...SAMPLE_SEND_IDS, OWN]).withDefault("session-bsuid"),
  /** Null for the endpoint of the picked request. */
  endpoint: parseAsStringLiteral(ENDPOINTS),
  auth: parseAsBoolean,
};

/** Changes the state: a missing name keeps its value, null sets the default. */
export type SetSimulatorQuery = (
  change: {
    [Name in keyof SimulatorQuery]?: SimulatorQuery[Name] | null;
  },
) => void;
export type SimulatorQuery = inferParserType<typeof simulatorParsers>;

export const loadSimulatorQuery = createLoader(simulatorParsers);
const serialise = createSerializer(simulatorParsers);

/** The address of the page in a state; parameters that are not given take their defaults. */
export function toSimulatorHref(query: Partial<SimulatorQuery>) {
  return `/simulator${serialise(query)}` as `/simulator?${string}`;
}
