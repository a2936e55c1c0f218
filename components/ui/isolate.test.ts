import { expect, test } from "vitest";
import { isolate } from "./isolate.ts";

test.each([
  ["Suporte São Paulo", "Suporte São Paulo"],
  ["東京支店", "東京支店"],
  ["שלום", "\u2068שלום\u2069"],
  ["Loja مرحبا 24", "\u2068Loja مرحبا 24\u2069"],
  ["𞤀𞤣", "\u2068𞤀𞤣\u2069"],
  ["stored before\u202E", "\u2068stored before\u202E\u2069"],
])("%j is put into a sentence as %j", (name, isolated) => {
  expect(isolate(name)).toBe(isolated);
});
