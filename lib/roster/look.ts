import { toVisible } from "../name-text.ts";

/** Letters of other scripts that look like a Latin one (the common ones of Unicode TR 39). */
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

/** A text in the form that names and ids are stored in; unchanged if it has a forbidden character. */
export function toOneForm(text: string): string {
  const visible = toVisible(text);
  return typeof visible === "string" ? visible : text;
}

/** Letters and digits that look alike in most fonts. */
const NEARLY_ALIKE: Readonly<Record<string, string>> = { "0": "O", "1": "l", I: "l", "|": "l" };

/** Maps texts that look the same at a glance to one text: "Bill" and "BiII". */
export function toGlance(text: string): string {
  return toLook(text).replace(/[01I|]/g, (sign) => NEARLY_ALIKE[sign] ?? sign);
}

/** Maps texts that look the same to one text, whatever scripts their letters are from. */
export function toLook(text: string): string {
  if (IS_ASCII.test(text)) return text;
  const plain = toOneForm(text).normalize("NFKC");
  return [...plain].map((letter) => LETTERS.get(letter) ?? letter).join("");
}
