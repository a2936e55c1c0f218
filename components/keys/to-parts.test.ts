import { expect, test } from "vitest";
import { hasEveryWord, toParts } from "./to-parts.ts";

const mark = (text: string, q: string) =>
  toParts(text, q)
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join("");

test.each([
  ["Padaria Pão Dourado", "pao dou", "Padaria [Pão] [Dou]rado"],
  ["Padaria Pão Dourado", "PADARIA  pã", "[Padaria] Pão Dourado"],
  ["Padaria", "x", "Padaria"],
  ["Padaria Ari", "ar", "Padaria [Ar]i"],
  ["Padaria", "", "Padaria"],
  ["", "a", ""],
  ["😀 Ação", "acao", "😀 [Ação]"],
])("%s searched for %s", (text, q, marked) => {
  expect(mark(text, q)).toBe(marked);
  expect(
    toParts(text, q)
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
});

test("an option is marked only if it has every word", () => {
  expect(hasEveryWord("Vendas · Padaria Pão Dourado", "vendas pao")).toBe(true);
  expect(hasEveryWord("Schedule a change", "a first")).toBe(false);
});
