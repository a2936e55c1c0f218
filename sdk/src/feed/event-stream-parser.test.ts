import fc from "fast-check";
import { expect, test } from "vitest";
import { EventStreamParser } from "./event-stream-parser.ts";

function parse(bytes: Uint8Array, cuts: readonly number[] = []) {
  const parser = new EventStreamParser();
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  at.sort((one, other) => one - other);
  return at.slice(1).flatMap((end, index) => parser.push(bytes.subarray(at[index], end)));
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

test.each([
  ["LF", "event: delta\nid: 1.a\ndata: x\n\n"],
  ["CR", "event: delta\rid: 1.a\rdata: x\r\r"],
  ["CRLF", "event: delta\r\nid: 1.a\r\ndata: x\r\n\r\n"],
  ["a mixture", "event: delta\rid: 1.a\ndata: x\r\n\r"],
  ["a byte order mark", "\uFEFFevent: delta\nid: 1.a\ndata: x\n\n"],
  ["comments", ": hello\n\n:\nevent: delta\n: more\nid: 1.a\ndata: x\n\n:\n\n"],
  ["no space, or fields unknown", "event:delta\nid:1.a\nretry: 5\nfoo\nfoo: bar\ndata:x\n\n"],
])("an event is the same with %s", (_, text) => {
  expect(parse(bytesOf(text))).toEqual([{ event: "delta", id: "1.a", data: "x" }]);
});

test.each([
  ["lines of data are joined", "data: a\ndata:\ndata:  b\n\n", ["a\n\n b"]],
  ["a field without a colon is empty", "data\n\ndata\ndata\n\n", ["", "\n"]],
  ["without data there is no event", "event: delta\nid: 1\n\n", []],
  ["without its blank line there is no event", "data: a\n\ndata: b\n", ["a"]],
  ["a colon within the data stays", 'data: {"a":1}\n\n', ['{"a":1}']],
  ["only one byte order mark is taken off", "\uFEFF\uFEFFdata: a\n\ndata: b\n\n", ["b"]],
])("%s", (_, text, data) => {
  expect(parse(bytesOf(text)).map((event) => event.data)).toEqual(data);
});

test("the id stays until the next one, and one with NUL is ignored", () => {
  const events = parse(bytesOf("id: 1\ndata\n\ndata\n\nid: 2\0\ndata\n\nid\ndata\n\n"));
  expect(events.map(({ id }) => id)).toEqual(["1", "1", "1", ""]);
});

test("the events are the same wherever the stream is cut, even within a character", () => {
  const piece = fc.oneof(
    fc.constantFrom("\r", "\n", "\r\n", "\n\n", ":", "data: ", "data:", "event: delta", "id: 7"),
    fc.constantFrom("\uFEFF", "é", "€", "😀", "\0", " "),
    fc.string({ maxLength: 5 }),
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, fc.array(fc.nat(), { maxLength: 20 }), (source, cuts) => {
      const bytes = bytesOf(source);
      expect(parse(bytes, cuts)).toEqual(parse(bytes));
      expect(parse(bytes, [...bytes.keys()])).toEqual(parse(bytes));
    }),
    { numRuns: 500 },
  );
});

test("written events are read back, whatever the line ends and the cuts", () => {
  const line = fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\n\0\uFEFF]/g, ""));
  const event = fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 3 }), id: line });
  const end = fc.constantFrom("\n", "\r", "\r\n");
  fc.assert(
    fc.property(fc.array(event), end, fc.array(fc.nat()), (events, newline, cuts) => {
      const text = events
        .map(({ lines, id }) =>
          ["event: delta", `id: ${id}`, ...lines.map((one) => `data: ${one}`), "", ""].join(
            newline,
          ),
        )
        .join("");
      const expected = events.map(({ lines, id }) => ({
        event: "delta",
        id,
        data: lines.join("\n"),
      }));
      expect(parse(bytesOf(text), cuts)).toEqual(expected);
    }),
  );
});

test("an event of 32 MB in small chunks takes linear time", () => {
  const parser = new EventStreamParser();
  const chunk = new Uint8Array(1_024).fill(120);
  const started = performance.now();
  parser.push(bytesOf("data: "));
  for (let kilobytes = 0; kilobytes < 32 * 1_024; kilobytes += 1) parser.push(chunk);
  const [event] = parser.push(bytesOf("\n\n"));
  expect(event?.data.length).toBe(32 * 1_024 * 1_024);
  expect(performance.now() - started).toBeLessThan(5_000);
});
