import { decodeEntity } from "./decode-entity.ts";
import { readTag, type TaggedSource } from "./read-tag.ts";

/** Replaces invisible characters, which may be within a number or between two. */
export const UNSEEN = "\u200B";
/** Replaces circled, raised and similar digits: bullets and footnotes, never part of a number. */
const BULLET = "\u2022";

/** A part of a plain text and its origin in the source: the same characters, or one sign or code. */
type Piece = { start: number; origin: number; isVerbatim: boolean };

/** A text as a reader sees it, in plain characters, with the origin of each in the source. */
export type PlainText = {
  text: string;
  pieces: readonly Piece[];
  source: string;
  /** Whether the source has codes that a reader does not see, such as `&nbsp;`. */
  isCoded: boolean;
};

/** Matches only the source of a mail: a line that ends with "=", or bytes beyond ASCII, "=" or "+" as codes. */
const QUOTED_PRINTABLE =
  /=[ \t]*\r?\n|=(?:C[2-9A-F]|[DE][0-9A-F])=[89AB][0-9A-F]|=3D|=2B\d|=20\r?\n/;

const SPECIAL =
  /[0-9#*]\uFE0F?\u20E3|<!--|<\/?[a-z][^<>]*>|&(?:amp;)*(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});|(?:%[0-9a-f]{2})+|\r\n|[^\n\t -~]/giu;
const SPECIAL_IN_QUOTED_PRINTABLE = new RegExp(
  `=[ \\t]*\\r?\\n|(?:=[0-9a-f]{2})+|${SPECIAL.source}`,
  SPECIAL.flags,
);

/**
 * Converts a text to what a person reads: without HTML, codes of mails and URLs, or invisible characters;
 * with plain digits, blanks, hyphens, line breaks, and letters without accents. A cell ends with a tab.
 */
export function toPlainText(source: string): PlainText {
  const special = QUOTED_PRINTABLE.test(source) ? SPECIAL_IN_QUOTED_PRINTABLE : SPECIAL;
  const tagged = { text: source, nextEnds: new Map<string, number>() };
  const pieces: Piece[] = [];
  let text = "";
  let isCoded = false;
  let last = 0;
  const append = (piece: string, origin: number, isVerbatim: boolean) => {
    if (piece === "") return;
    pieces.push({ start: text.length, origin, isVerbatim });
    text += piece;
  };
  special.lastIndex = 0;
  for (let match = special.exec(source); match; match = special.exec(source)) {
    const [piece] = match;
    append(source.slice(last, match.index), last, true);
    const plain = toPlainPiece(tagged, match.index, piece);
    isCoded ||= plain.isCode;
    append(plain.text, match.index, false);
    last = match.index + plain.length;
    special.lastIndex = last;
  }
  append(source.slice(last), last, true);
  return { text, pieces, source, isCoded };
}

/** The index in the source of the character at `index` of the plain text. */
export function originOf({ pieces }: PlainText, index: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.start ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  if (!piece) return 0;
  return piece.isVerbatim ? piece.origin + index - piece.start : piece.origin;
}

type PlainPiece = { text: string; length: number; isCode: boolean };

function toPlainPiece(source: TaggedSource, start: number, piece: string): PlainPiece {
  const { length } = piece;
  const asIs = { text: piece, length, isCode: false };
  switch (piece[0]) {
    case "<": {
      const tag = readTag(source, start, piece);
      return tag === null ? { text: "<", length: 1, isCode: false } : { ...tag, isCode: true };
    }
    case "&": {
      const character = decodeEntity(piece);
      return character === null
        ? asIs
        : { text: toPlainCharacters(character), length, isCode: true };
    }
    case "=":
      return { text: decodeBytes(piece, "=") ?? "", length, isCode: true };
    case "%": {
      const decoded = decodeBytes(piece, "%");
      const isPunctuation = decoded !== null && !/[0-9a-z]/i.test(decodeURIComponent(piece));
      return isPunctuation ? { text: toPlainCharacters(decoded), length, isCode: true } : asIs;
    }
    default:
      return { text: piece === "\r\n" ? "\n" : toPlainCharacter(piece), length, isCode: false };
  }
}

/** Decodes bytes as UTF-8; "" for a soft line break, null if they are not UTF-8. */
function decodeBytes(codes: string, sign: "=" | "%"): string | null {
  if (/\n$/.test(codes)) return "";
  try {
    return toPlainCharacters(decodeURIComponent(codes.replaceAll(sign, "%")));
  } catch {
    return null;
  }
}

function toPlainCharacters(text: string): string {
  return Array.from(text, toPlainCharacter).join("");
}

function toPlainCharacter(character: string): string {
  if (character >= " " && character <= "~") return character;
  if (/[\n\r\v\f\u0085\u2028\u2029]/u.test(character)) return "\n";
  if (character === "\t" || /\p{Zs}/u.test(character)) return character === "\t" ? "\t" : " ";
  if (/[\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(character)) return UNSEEN;
  if (/\p{Cc}/u.test(character)) return " ";
  if (/\p{Nd}/u.test(character)) return toDigit(character);
  if (/\p{No}|\u20E3/u.test(character)) return BULLET;
  if (/[\u2014\u2015\u2E3A\u2E3B]/u.test(character)) return "\u2014";
  if (/[\p{Pd}\u2043\u2212\u30FC]/u.test(character)) return "-";
  if (/[\u00B7\u2027\u2219\u22C5\u30FB]/u.test(character)) return "\u00B7";
  if (/[\u207A\u2795]/u.test(character)) return "+";
  return character.normalize("NFKD").replace(/\p{M}/gu, "");
}

/** The ASCII digit. In each script the ten digits follow one another from zero; NFKC maps the mathematical ones. */
function toDigit(character: string): string {
  const plain = character.normalize("NFKC");
  if (plain >= "0" && plain <= "9") return plain;
  const code = character.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
