import { parseBsuid, parseTypedBsuid } from "./bsuid.ts";
import { parsePhone } from "./parse-phone.ts";
import { refuse, type SendRefusal } from "./send-problem.ts";

/** The recipient of a message, and the request's field that names it. */
export type SendRecipient =
  | { kind: "phone"; phone: string; field: string }
  | { kind: "bsuid"; bsuid: string; field: string };

/** `bare`: session messages. `prefixed`: templates and campaigns, which write `bsuid:US.…`. */
type Spelling = "bare" | "prefixed";

type Place = { field: string; spelling: Spelling };

const BSUID_PREFIX = "bsuid:";
/** One or more prefixes with a colon. The limit is longer than any prefix. */
const PREFIXES = /^ *((?:[A-Za-z][A-Za-z0-9_-]{0,31} *: *)+)/;

/**
 * Reads one field of a request that names a recipient: a phone, as text or exact JSON number, or a BSUID in
 * the spelling of its endpoint.
 *
 * @returns null if it is absent, `null`, `""` or blank
 */
export function readRecipient(
  value: unknown,
  place: Place,
): { ok: true; recipient: SendRecipient } | SendRefusal | null {
  const { field } = place;
  if (value === undefined || value === null) return null;
  const phone = parsePhone(value);
  if (phone !== null) return { ok: true, recipient: { kind: "phone", phone, field } };
  if (typeof value !== "string") return malformed(place);
  if (!/\S/.test(value)) return null;
  const wrong = refusePrefix(value, place);
  if (wrong) return wrong;
  const bare = place.spelling === "prefixed" ? value.slice(BSUID_PREFIX.length) : value;
  const bsuid = parseBsuid(bare);
  if (bsuid?.isParent) {
    const why = "is a parent BSUID, which only accompanies a regular one. Name the regular one.";
    return refuse("PARENT_BSUID", field, `${field} ${why}`);
  }
  if (!bsuid) return malformed(place);
  return { ok: true, recipient: { kind: "bsuid", bsuid: bsuid.value, field } };
}

function refusePrefix(value: string, { field, spelling }: Place): SendRefusal | null {
  const prefixes = PREFIXES.exec(value)?.[1] ?? "";
  const count = prefixes.split(":").length - 1;
  if (count > 1) {
    return refuse("DOUBLE_PREFIX", field, `${field} has more than one prefix. ${howTo(spelling)}`);
  }
  if (spelling === "bare" && count === 1) {
    return refuse("WRONG_PREFIX", field, `${field} takes no prefix. ${howTo(spelling)}`);
  }
  if (spelling === "bare") return null;
  if (count === 0 && parseTypedBsuid(value) !== null) {
    return refuse("WRONG_PREFIX", field, `${field} lacks its prefix. ${howTo(spelling)}`);
  }
  const isPhone = count === 1 && parsePhone(value.replace(PREFIXES, "")) !== null;
  if (isPhone || (count === 1 && prefixes !== BSUID_PREFIX)) {
    return refuse("WRONG_PREFIX", field, `${field} has the wrong prefix. ${howTo(spelling)}`);
  }
  return count === 0 ? malformed({ field, spelling }) : null;
}

function malformed({ field, spelling }: Place): SendRefusal {
  const message = `${field} is neither a phone number nor a BSUID. ${howTo(spelling)}`;
  return refuse("MALFORMED_RECIPIENT", field, message);
}

function howTo(spelling: Spelling): string {
  const prefix = spelling === "prefixed" ? BSUID_PREFIX : "";
  const example = `"${prefix}US.13491208655302741918"`;
  return `Write a phone as "+15550100123" and a BSUID as ${example}, exactly as it was received.`;
}
