import { toVisible } from "../name-text.ts";

/** Letters of other scripts that are drawn as a Latin one (the common ones of Unicode TR 39). */
const DRAWN_ALIKE = [
  ["АВЕЅІЈКМНОРСТУХԚԜӀҺ", "ABESIJKMHOPCTYXQWIh"],
  ["аеорсухіјѕһԁԛԝӏ", "aeopcyxijshdqwl"],
  ["ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ", "ABEZHIKMNOPTYXocj"],
  ["ՕՍօսհո", "OUouhn"],
  ["‐‑‒–—―−‘’‛ʼ", "-------''''"],
  ["“”„", '"""'],
] as const;

const IS_ASCII = /^[ -~]*$/;
const LETTERS = new Map(
  DRAWN_ALIKE.flatMap(([from, to]) => {
    const latin = [...to];
    return [...from].map((letter, index) => [letter, latin[index] ?? letter] as const);
  }),
);

/** A text in the form that names and ids are kept in now, as far as it can have that. */
export function toOneForm(text: string): string {
  const visible = toVisible(text);
  return typeof visible === "string" ? visible : text;
}

/** Letters and digits of one script that few fonts tell apart. */
const NEARLY_ALIKE: Readonly<Record<string, string>> = { "0": "O", "1": "l", I: "l", "|": "l" };

/** Maps texts that may be taken for one another at a glance to one text: "Bill" and "BiII". */
export function toGlance(text: string): string {
  return toLook(text).replace(/[01I|]/g, (sign) => NEARLY_ALIKE[sign] ?? sign);
}

/** Maps texts that people take for one another to one text, whatever letters they are written with. */
export function toLook(text: string): string {
  if (IS_ASCII.test(text)) return text;
  const plain = toOneForm(text).normalize("NFKC");
  return [...plain].map((letter) => LETTERS.get(letter) ?? letter).join("");
}
