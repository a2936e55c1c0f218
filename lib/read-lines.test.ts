import fc from "fast-check";
import { expect, test } from "vitest";
import { readLines } from "./read-lines.ts";

/** Whatever some program takes for the end of a line. */
const LINE_ENDS = ["\r", "\v", "\f", "\u001C", "\u001D", "\u001E", "\u0085", "\u2028", "\u2029"];

async function linesOf(chunks: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(toAsync(chunks))) lines.push(line.toString());
  return lines;
}

async function* toAsync(chunks: readonly Uint8Array[]) {
  yield* chunks;
}

function cut(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

test("only a line feed ends a line, wherever the file is cut into chunks", async () => {
  const character = fc.oneof(fc.constantFrom("\n", "é", "😀", ...LINE_ENDS), fc.string());
  await fc.assert(
    fc.asyncProperty(fc.array(character), fc.integer({ min: 1, max: 7 }), async (parts, size) => {
      const text = Buffer.from(parts.join("")).toString();
      const expected = text.split("\n").map((line) => `${line}\n`);
      const last = expected.pop()?.slice(0, -1);
      if (last) expected.push(last);
      expect(await linesOf(cut(Buffer.from(text), size))).toEqual(expected);
    }),
  );
});

test("a file without lines has none, and one that breaks off ends without a line feed", async () => {
  expect(await linesOf([])).toEqual([]);
  expect(await linesOf([Buffer.from("a\n\nb")])).toEqual(["a\n", "\n", "b"]);
});
