import fc from "fast-check";
import { expect, test } from "vitest";
import { LINE_ENDS } from "#testing/line-ends.ts";
import { type Entry, readEntries } from "./read-entries.ts";

type Source = { type: string; chunks: Iterable<Uint8Array>; headers?: Record<string, string> };

function toRequest({ type, chunks, headers = {} }: Source): Request {
  return new Request("http://console.test/", {
    method: "PUT",
    headers: { "content-type": type, ...headers },
    body: toStream(chunks),
    duplex: "half",
  } as RequestInit);
}

function toStream(chunks: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.iterator]();
  return new ReadableStream({
    pull: (controller) => {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

async function entriesOf(source: Source): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of readEntries(toRequest(source))) entries.push(entry);
  return entries;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const NDJSON = "application/x-ndjson";
const JSON_TYPE = "application/json";

test("the entries of an array are numbered from 0", async () => {
  const chunks = [bytes('[{"a":1},'), bytes("2]")];
  expect(await entriesOf({ type: `${JSON_TYPE}; charset=utf-8`, chunks })).toEqual([
    { at: "[0]", value: { a: 1 } },
    { at: "[1]", value: 2 },
  ]);
});

test("how the network splits an array makes no difference, and no number is rounded", async () => {
  const entries = fc.array(fc.jsonValue(), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(entries, fc.integer({ min: 1, max: 9 }), async (values, size) => {
      const all = bytes(JSON.stringify(values, null, size % 3));
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < all.length; at += size) chunks.push(all.slice(at, at + size));
      const read = await entriesOf({ type: JSON_TYPE, chunks });
      expect(JSON.stringify(read.map(({ value }) => value))).toBe(JSON.stringify(values));
    }),
  );
  const [entry] = await entriesOf({ type: JSON_TYPE, chunks: [bytes("[106540352242921234567]")] });
  expect(JSON.stringify(entry)).toBe('{"at":"[0]","value":106540352242921234567}');
});

test.each([
  ["", /must be a JSON array/],
  ["  nonsense", /must be a JSON array/],
  ["[1", /no end/],
  ['["a]', /no end/],
  ["[1,]", /\[1\]: There is a comma without an entry/],
  ["[,1]", /\[0\]: There is a comma without an entry/],
  ["[1] 2", /more behind the end/],
  ["[1}]", /\[0\]/],
  ['[{"a":1]]', /\[0\]/],
  ["[1 2]", /\[0\]/],
])("the array %j is refused", async (text, why) => {
  await expect(entriesOf({ type: JSON_TYPE, chunks: [bytes(text)] })).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringMatching(why),
  });
});

test("lines are numbered from 1; empty ones count and are skipped, and the last needs no end", async () => {
  const chunks = [bytes('\uFEFF{"a":1}\r\n\n  \n{"b":2}')];
  expect(await entriesOf({ type: NDJSON, chunks })).toEqual([
    { at: "line 1", value: { a: 1 } },
    { at: "line 4", value: { b: 2 } },
  ]);
});

test.each(LINE_ENDS.filter((end) => !end.includes("\n")))("%j does not end a line", async (end) => {
  const label = JSON.stringify(`one${end}two`);
  const chunks = [bytes(`${label}\n${label}`)];
  const value = `one${end}two`;
  expect(await entriesOf({ type: NDJSON, chunks })).toEqual([
    { at: "line 1", value },
    { at: "line 2", value },
  ]);
});

test.each(["\u2028", "\u00A0", "\v"])("a line of %j is neither empty nor JSON", async (blank) => {
  const chunks = [bytes(`{}\n${blank}\n`)];
  await expect(entriesOf({ type: NDJSON, chunks })).rejects.toThrow("line 2");
});

test("how the network splits the lines makes no difference", async () => {
  const entries = fc.array(fc.record({ label: fc.string({ unit: "grapheme" }) }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(entries, fc.integer({ min: 1, max: 9 }), async (values, size) => {
      fc.pre(!JSON.stringify(values).includes("\\u0000"));
      const all = bytes(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < all.length; at += size) chunks.push(all.slice(at, at + size));
      const read = await entriesOf({ type: NDJSON, chunks });
      expect(read.map(({ value }) => value)).toEqual(values);
    }),
  );
});

test("a bad line is named, with the column", async () => {
  const chunks = [bytes('{"a":1}\n{"a":1,}\n')];
  await expect(entriesOf({ type: NDJSON, chunks })).rejects.toMatchObject({
    code: "INVALID_INPUT",
    issues: [{ path: "line 2", message: expect.stringContaining("(column 8)") }],
  });
});

test("what is not UTF-8 is refused, at the end of the body too", async () => {
  for (const bad of [
    [0xff, 0x0a],
    [0x22, 0xe2, 0x82],
  ]) {
    const chunks = [Uint8Array.from(bad)];
    await expect(entriesOf({ type: NDJSON, chunks })).rejects.toMatchObject({
      message: expect.stringContaining("not valid UTF-8"),
    });
  }
});

test("reading an endless body stops once it is too large", async () => {
  let sent = 0;
  function* endless() {
    const chunk = bytes(`${JSON.stringify({ label: "x".repeat(65_000) })}\n`);
    for (;;) {
      sent += chunk.byteLength;
      yield chunk;
    }
  }
  await expect(entriesOf({ type: NDJSON, chunks: endless() })).rejects.toMatchObject({
    code: "PAYLOAD_TOO_LARGE",
  });
  expect(sent).toBeLessThan(66 * 1024 * 1024);
});

test("a body whose Content-Length is too large is refused unread", async () => {
  let sent = 0;
  function* counted() {
    sent += 1;
    yield bytes("[]");
  }
  const headers = { "content-length": String(17 * 1024 * 1024) };
  const source = { type: JSON_TYPE, chunks: counted(), headers };
  await expect(entriesOf(source)).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
  expect(sent).toBeLessThanOrEqual(1);
});

test("a body that breaks off is the client's mistake", async () => {
  function* broken() {
    yield bytes('{"a":1}\n');
    throw new Error("socket hang up");
  }
  await expect(entriesOf({ type: NDJSON, chunks: broken() })).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: "The body broke off before its end. Send it again.",
  });
});

test.each([
  ["text/csv", {}, "not text/csv"],
  ["application/jsonp", {}, "not application/jsonp"],
  [JSON_TYPE, { "content-encoding": "gzip" }, "A gzip body is not taken here"],
])("a body of type %s with %j is refused", async (type, headers, words) => {
  await expect(entriesOf({ type, headers, chunks: [bytes("[]")] })).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining(words),
  });
});

test("an entry that has one key twice is refused by its position", async () => {
  const chunks = [bytes('{"a":1}\n{"portfolioId":"1","portfolioId":"2"}\n')];
  await expect(entriesOf({ type: NDJSON, chunks })).rejects.toMatchObject({
    message: "The body is not valid JSON. line 2: An object has one key twice.",
  });
});

test("a body that is not an array is refused", async () => {
  const chunks = [bytes('{"length":3}')];
  await expect(entriesOf({ type: JSON_TYPE, chunks })).rejects.toMatchObject({
    message: "The body must be a JSON array of entries.",
  });
});

test("numbers keep the digits they were written with, in an array and in lines", async () => {
  const text = '{"id":106540352242922123,"amount":1.10}';
  for (const source of [
    { type: JSON_TYPE, chunks: [bytes(`[${text}]`)] },
    { type: NDJSON, chunks: [bytes(`${text}\n`)] },
  ]) {
    const [entry] = await entriesOf(source);
    expect(JSON.stringify(entry?.value)).toBe(text);
  }
});
