import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsBoolean,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { PersonActor } from "#lib/access/actor.ts";
import { AppError } from "#lib/errors.ts";
import { getRequestEvidence } from "#lib/requests/get-request-evidence.ts";

/** The page's state, all of it in the address. `from` is the request to ask again for. */
const parsers = {
  number: parseAsNativeArrayOf(parseAsString).withDefault([]),
  accepts: parseAsBoolean,
  q: parseAsString.withDefault(""),
  from: parseAsString,
  without: parseAsStringLiteral(["changed"] as const),
};

type AskQuery = inferParserType<typeof parsers>;

export const loadAskQuery = createLoader(parsers);
const serialise = createSerializer(parsers);

/** The address of the page in another state. Next's route type has no optional query. */
export function toAskHref(query: Partial<AskQuery>) {
  return `/requests/new${serialise(query)}` as `/requests/new?${string}`;
}

/** What the form begins with. `states` has what was asked for of each number, if it is asked again. */
type FirstRequest = {
  states: ReadonlyMap<string, boolean>;
  wanted: "on" | "off" | "each";
  reason: string;
  ticketUrl: string;
  checks: string[];
};

const NOTHING: FirstRequest = {
  states: new Map(),
  wanted: "on",
  reason: "",
  ticketUrl: "",
  checks: [],
};

/** What the form begins with: nothing, or what a request asked for that is asked again. */
export async function readFirstRequest(
  actor: PersonActor,
  { from, without }: AskQuery,
): Promise<FirstRequest> {
  if (from === null) return NOTHING;
  try {
    const { request, numbers, checks } = await getRequestEvidence(actor, from);
    const movedOn = new Set(
      numbers.filter((one) => one.hasMovedOn).map(({ number }) => number.phoneNumberId),
    );
    const states = new Map(
      request.changes
        .filter(({ phoneNumberId }) => without !== "changed" || !movedOn.has(phoneNumberId))
        .map(({ phoneNumberId, acceptsBsuid }) => [phoneNumberId, acceptsBsuid]),
    );
    const { reason, ticketUrl } = request;
    return { states, wanted: toWanted(states), reason, ticketUrl: ticketUrl ?? "", checks };
  } catch (error) {
    if (error instanceof AppError && ["NOT_FOUND", "INVALID_INPUT"].includes(error.code)) {
      return NOTHING;
    }
    throw error;
  }
}

function toWanted(states: ReadonlyMap<string, boolean>): FirstRequest["wanted"] {
  const [first = true, ...others] = new Set(states.values());
  if (others.length > 0) return "each";
  return first ? "on" : "off";
}
