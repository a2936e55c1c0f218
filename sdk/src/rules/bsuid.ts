/** A business-scoped user ID: Meta's id of a WhatsApp user for one business portfolio. */
export type Bsuid = {
  /** The whole id as Meta wrote it. Compare, store and send it back like this, never a part of it. */
  value: string;
  /** Any two letters: `XK` (Kosovo) is in use but in no ISO list. */
  countryCode: string;
  /** A parent BSUID, shared by several portfolios, accompanies a regular one and never replaces it. */
  isParent: boolean;
  tail: string;
};

/** `US.ENT.` and 128 characters; anything longer is not parsed. */
const MAX_CHARACTERS = 135;
/** Including blanks around it; trimming a megabyte of them would take minutes. */
const MAX_TYPED = 1_000;
const SHAPE = /^([A-Z]{2})\.(ENT\.)?([A-Za-z0-9]{1,128})$/;
/** The prefix of a typed BSUID: any case before the tail. Only ASCII blanks around it are forgiven. */
const TYPED_PREFIX = /^([A-Za-z]{2}\.(?:[Ee][Nn][Tt]\.)?)/;
const BLANKS_AROUND = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/**
 * Reads a BSUID as Meta sends it, verbatim: ASCII only, the whole text, case-sensitive. `US.ENT` is a regular
 * one whose tail is `ENT`. Null for anything else, of any type.
 *
 * Source: Meta for Developers, "Business-scoped user IDs" (128 characters since 6 February 2026).
 */
export function parseBsuid(value: unknown): Bsuid | null {
  if (typeof value !== "string" || value.length > MAX_CHARACTERS) return null;
  const match = SHAPE.exec(value);
  if (!match) return null;
  const [, countryCode = "", parent, tail = ""] = match;
  return { value, countryCode, isParent: parent !== undefined, tail };
}

/**
 * Reads a BSUID that a person typed or pasted: accepts blanks around it and a prefix in lower case. Keeps the
 * tail's case, since Meta does not say that it is insignificant.
 */
export function parseTypedBsuid(text: string): Bsuid | null {
  if (typeof text !== "string" || text.length > MAX_TYPED) return null;
  const trimmed = text.replace(BLANKS_AROUND, "");
  return parseBsuid(trimmed.replace(TYPED_PREFIX, (prefix) => prefix.toUpperCase()));
}

/** The BSUID with these parts; the inverse of `parseBsuid`. */
export function formatBsuid(parts: Omit<Bsuid, "value">): string {
  return `${parts.countryCode}.${parts.isParent ? "ENT." : ""}${parts.tail}`;
}
