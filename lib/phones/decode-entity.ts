/** The entities that occur in and around numbers; those of letters do not matter here. */
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  bull: "\u2022",
  comma: ",",
  dash: "-",
  emsp: " ",
  ensp: " ",
  gt: ">",
  hairsp: " ",
  hellip: "\u2026",
  horbar: "\u2015",
  hyphen: "-",
  lpar: "(",
  lt: "<",
  mdash: "\u2014",
  middot: "\u00B7",
  minus: "-",
  nbsp: " ",
  ndash: "-",
  newline: "\n",
  nobreak: "\u2060",
  num: "#",
  numsp: " ",
  percnt: "%",
  period: ".",
  plus: "+",
  puncsp: " ",
  quot: '"',
  rpar: ")",
  semi: ";",
  shy: "\u00AD",
  sol: "/",
  tab: "\t",
  thinsp: " ",
  verbar: "|",
  vert: "|",
  zwj: "\u200D",
  zwnj: "\u200C",
};
const HIGHEST = 0x10ffff;

/** Decodes an entity such as `&nbsp;`, `&#8209;` or `&#x2011;`, even if its & is encoded. Null for an unknown name. */
export function decodeEntity(entity: string): string | null {
  const name = entity
    .slice(1, -1)
    .replace(/^(?:amp;)+/i, "")
    .toLowerCase();
  if (!name.startsWith("#")) return NAMED[name] ?? null;
  const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code > 0 && code <= HIGHEST && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : null;
}
