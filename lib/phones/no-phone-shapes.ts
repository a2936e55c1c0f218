/**
 * What digits are by their shape. Amounts and documents are never phones, a date may be part of one, and an
 * identifier is not a phone_number_id either.
 */
type ShapeKind = "date" | "document" | "amount" | "damaged" | "identifier";

export type Shape = { start: number; end: number; kind: ShapeKind };

const CURRENCY =
  "(?:[A-Z]{0,3}\\p{Sc}|S/\\.?|(?:USD|BRL|MXN|COP|ARS|CLP|PEN|EUR|GBP|INR|Rs)\\b\\.?)";
const MONTH =
  "(?:jan|feb|fev|mar|apr|abr|may|mai|jun|jul|aug|ago|sep|set|oct|out|nov|dec|dez|dic|ene)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\\.?";
/** With or without groups of thousands, and with cents. A comma may also end a cell. */
const AMOUNT =
  "(?:[0-9]{1,3}(?:[.,'][0-9]{2,3})*[.,'][0-9]{3}(?![0-9])|[0-9]+)(?:[.,][0-9]{1,2}(?![0-9]))?";
/** For speed: without it each digit of a long run would search for a unit at its end. */
const BEGINS_RUN = "(?<![0-9+]|[0-9][.,'])";
const AMOUNT_UNIT =
  "(?:%|\u20AC|(?:USD|BRL|MXN|COP|ARS|CLP|PEN|EUR|GBP|INR|reais|real|pesos|euros?|dolares|dollars?|soles|pounds|kg|km|gb|mb)\\b)";
/** Not within a longer run of digits and points. */
const ALONE = { before: "(?<![0-9+][.\\-/]?)", after: "(?![.\\-/]?[0-9])" };

/** Links to a phone: wa.me/55…, wa.me/c/55… (its catalogue), api.whatsapp.com/send?phone=55…, any.site/?whatsapp=55…. */
const IS_PHONE_ADDRESS =
  /^(?:https?:\/\/)?(?:www\.)?wa\.me\/(?:c\/)?[+0-9]|[?&/](?:phone|tel|telefone?|telefono|whats(?:app)?|cel|celular|mobile|numero|number|fone)=/i;

const SHAPES: readonly { kind: ShapeKind; pattern: RegExp; isIt?: (text: string) => boolean }[] = [
  // "5.51198E+12", or with up to three digits before the point; not "7733e 31…" written as one.
  {
    kind: "damaged",
    pattern: /(?<![0-9][.,]?)[0-9]{1,3}(?:[.,][0-9]+)?E\+?[0-9]{1,2}(?![0-9\p{L}])/giu,
  },
  // BSUIDs. "NO.6178420199" may be a phone: some country codes are also short for "number" or "phone".
  {
    kind: "identifier",
    pattern:
      /(?<![\p{L}0-9.])[A-Z]{2}\.(?:ENT\.)?(?<!(?:AL|FX|ID|NO|NR|PH|TF|TL|WA)\.(?=[0-9]{1,13}(?![A-Za-z0-9])))[A-Za-z0-9]{7,128}(?![\p{L}0-9])/gu,
  },
  // WhatsApp's ids of people and groups; an old group's begins with its creator's phone.
  { kind: "identifier", pattern: /[0-9]+(?:-[0-9]+)?@(?:lid|g\.us|newsletter|broadcast)\b/gi },
  // URLs, except those that contain a phone.
  {
    kind: "document",
    pattern: /\b(?:https?:\/\/|www\.)[^\s<>"'|;,()]+/giu,
    isIt: (text) => !IS_PHONE_ADDRESS.test(text),
  },
  { kind: "document", pattern: /[?&](?:text|body|message)=[^\s<>"'|;,()&]+/giu },
  {
    kind: "document",
    pattern:
      /(?<![\p{L}0-9._%+-])[\p{L}0-9._%+-]{1,64}@(?!(?:s\.whatsapp\.net|c\.us|lid|g\.us)\b)[\p{L}0-9-]+\.[\p{L}0-9.-]+/giu,
  },
  // UUIDs and other hexadecimal ids.
  {
    kind: "document",
    pattern: /(?<![0-9\p{L}-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9\p{L}])/giu,
  },
  {
    kind: "document",
    pattern: alone(
      "(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])",
    ),
  },
  // CPF, CNPJ, NIT, RUT, CUIT.
  { kind: "document", pattern: alone("[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}[-/][0-9]{1,2}") },
  { kind: "document", pattern: alone("[0-9]{2}\\.[0-9]{3}\\.[0-9]{3}/[0-9]{4}-[0-9]{2}") },
  { kind: "document", pattern: alone("[0-9]{1,2}\\.[0-9]{3}\\.[0-9]{3}-[0-9kK]") },
  { kind: "document", pattern: alone("(?:20|23|24|27|3[034])-[0-9]{8}-[0-9]") },
  // DNI, and large numbers.
  {
    kind: "document",
    pattern: /(?<![0-9+][.,\-/]?)[0-9]{1,2}([.,])[0-9]{3}\1[0-9]{3}(?![.,\-/]?[0-9])/g,
  },
  // A postal code ends when it is complete, whatever number follows.
  {
    kind: "document",
    pattern:
      /(?<!\p{L})(?:zip(?: ?code)?|cep|c\.?p\.?|plz|cap|pin(?: ?code)?|postcode|codigo postal)[ \t:.#]*(?:[0-9]{5}(?:-[0-9]{3,4})?|[0-9]{6}|[0-9]{8}|[0-9]{3} [0-9]{3})(?![0-9-])/giu,
  },
  // CEP.
  { kind: "document", pattern: /(?<![0-9+][ .)/-]*)[0-9]{5}-[0-9]{3}(?![-.]?[0-9])/g },
  {
    kind: "date",
    pattern: alone("[0-9]{1,2} ?([./-]) ?[0-9]{1,2} ?\\1 ?(?:(?:19|20)[0-9]{2}|[0-9]{2})"),
    isIt: isDayAndMonth,
  },
  {
    kind: "date",
    pattern:
      /(?<![0-9+][.\-/]?)(?:19|20)[0-9]{2}([./-])[0-9]{1,2}\1[0-9]{1,2}(?:T[0-9:.]+Z?)?(?![.\-/]?[0-9])/g,
    isIt: (text) => isDayAndMonth(text.slice(5, 10)),
  },
  {
    kind: "date",
    pattern: new RegExp(`(?<!\\p{L})${MONTH} [0-9]{1,2}(?:st|nd|rd|th)?(?![0-9])`, "giu"),
  },
  { kind: "date", pattern: /(?<![0-9])[0-9]{8}(?![0-9])/g, isIt: isDateOfEight },
  { kind: "date", pattern: /(?<![0-9:])[0-2]?[0-9][:h][0-5][0-9](?::[0-5][0-9])?(?![0-9:])/g },
  { kind: "amount", pattern: new RegExp(`${CURRENCY} ?${AMOUNT}`, "gu") },
  {
    kind: "amount",
    pattern: new RegExp(`${BEGINS_RUN}${AMOUNT} ?${AMOUNT_UNIT}`, "giu"),
  },
  {
    kind: "amount",
    pattern: alone("[0-9]{1,3}(?:(?:\\.[0-9]{3}){1,9},|(?:,[0-9]{3}){1,9}\\.)[0-9]{2}"),
  },
];

/** Dates, amounts, documents and damaged numbers in a plain text, in order of kind. */
export function findShapes(text: string): Shape[] {
  return SHAPES.flatMap(({ kind, pattern, isIt }) =>
    [...text.matchAll(pattern)]
      .filter(([text]) => isIt?.(text) ?? true)
      .map((match) => ({ kind, start: match.index, end: match.index + match[0].length })),
  );
}

function alone(pattern: string): RegExp {
  return new RegExp(`${ALONE.before}${pattern}${ALONE.after}`, "g");
}

function isDayAndMonth(text: string): boolean {
  const [one = 0, other = 0] = (text.match(/[0-9]+/g) ?? []).map(Number);
  const [low, high] = one < other ? [one, other] : [other, one];
  return low >= 1 && low <= 12 && high <= 31;
}

/** 29112026, 11292026, 20261129. */
function isDateOfEight(digits: string): boolean {
  const isYear = (year: string) => /^(?:19|20)/.test(year);
  return (
    (isYear(digits.slice(4)) && isDayAndMonth(`${digits.slice(0, 2)} ${digits.slice(2, 4)}`)) ||
    (isYear(digits.slice(0, 4)) && isDayAndMonth(`${digits.slice(4, 6)} ${digits.slice(6)}`))
  );
}
