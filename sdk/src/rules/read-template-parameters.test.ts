import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExactJson } from "./exact-json.ts";
import { readTemplateParameters, readVariables } from "./read-template-parameters.ts";

const FILE = "https://files.example/9";
const NOTHING = { header: null, body: [], buttons: [] };
const words = (...texts: string[]) => texts.map((text) => ({ name: null, text }));

function fieldOf(reading: ReturnType<typeof readTemplateParameters>) {
  return reading.ok ? null : [reading.problem.code, reading.problem.field];
}

test("a body's texts go where their names say, in whatever order they are sent", () => {
  const body = fc.array(
    fc.string({ minLength: 1 }).filter((text) => text.trim() !== ""),
    {
      minLength: 1,
      maxLength: 15,
    },
  );
  const shuffled = body.chain((texts) => {
    const parameters = texts.map((value, index) => ({ name: `body_${index + 1}`, value }));
    return fc.tuple(
      fc.constant(texts),
      fc.shuffledSubarray(parameters, { minLength: texts.length }),
    );
  });
  fc.assert(
    fc.property(shuffled, ([texts, parameters]) => {
      const expected = { ok: true, parameters: { ...NOTHING, body: words(...texts) } };
      expect(readTemplateParameters(parameters)).toEqual(expected);
      const variables = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
      expect(readVariables(variables, "variables")).toEqual(expected);
    }),
  );
});

test.each<[string, unknown[], object]>([
  ["none", [], NOTHING],
  ["a number as a value", [{ name: "body_1", value: 7 }], { ...NOTHING, body: words("7") }],
  ["Meta's own numbers as names", [{ name: "1", value: "A" }], { ...NOTHING, body: words("A") }],
  [
    "placeholders with names",
    [{ name: "first_name", value: "Ana" }],
    { ...NOTHING, body: [{ name: "first_name", text: "Ana" }] },
  ],
  [
    "placeholders with names of people's own making",
    [{ name: "orderId2", value: 7 }],
    { ...NOTHING, body: [{ name: "orderId2", text: "7" }] },
  ],
  [
    "the header's text",
    [{ name: "header_text", value: "A" }],
    { ...NOTHING, header: { kind: "text", text: "A" } },
  ],
  [
    "the header's text, numbered",
    [{ name: "header_1", value: "A" }],
    { ...NOTHING, header: { kind: "text", text: "A" } },
  ],
  [
    "a picture",
    [{ name: "header_image", value: FILE }],
    { ...NOTHING, header: { kind: "image", link: FILE } },
  ],
  [
    "a video",
    [{ name: "header_video", value: FILE }],
    { ...NOTHING, header: { kind: "video", link: FILE } },
  ],
  [
    "a document",
    [{ name: "header_document", value: FILE, filename: "Bill.pdf" }],
    { ...NOTHING, header: { kind: "document", link: FILE, filename: "Bill.pdf" } },
  ],
  [
    "buttons, by their places",
    [
      { name: "button_2_url", value: "orders/7" },
      { name: "button_0", value: "YES" },
      { name: "body_1", value: "A" },
    ],
    {
      header: null,
      body: words("A"),
      buttons: [
        { kind: "quick_reply", index: 0, payload: "YES" },
        { kind: "url", index: 1, text: "orders/7" },
      ],
    },
  ],
])("parameters: %s", (_, given, parameters) => {
  expect(readTemplateParameters(given)).toEqual({ ok: true, parameters });
});

test.each<[string, unknown, string, string?]>([
  ["no list", {}, "parameters", "MALFORMED_REQUEST"],
  ["a value alone", ["A"], "parameters[0].name"],
  ["no name", [{ value: "A" }], "parameters[0].name"],
  ["a blank name", [{ name: " ", value: "A" }], "parameters[0].name"],
  ["no value", [{ name: "body_1", value: "A" }, { name: "body_2" }], "parameters[1].value"],
  ["null", [{ name: "body_1", value: null }], "parameters[0].value"],
  ["an empty text", [{ name: "body_1", value: "" }], "parameters[0].value"],
  ["blanks", [{ name: "body_1", value: " \n" }], "parameters[0].value"],
  ["an object", [{ name: "body_1", value: { name: "body_1" } }], "parameters[0].value"],
  ["a list", [{ name: "body_1", value: ["A"] }], "parameters[0].value"],
  ["a boolean", [{ name: "body_1", value: true }], "parameters[0].value"],
  ["a number that was rounded", [{ name: "body_1", value: 2 ** 60 }], "parameters[0].value"],
  [
    "a gap",
    [
      { name: "body_1", value: "A" },
      { name: "body_3", value: "C" },
    ],
    "parameters",
  ],
  ["no first", [{ name: "body_2", value: "B" }], "parameters"],
  ["a zeroth", [{ name: "body_0", value: "A" }], "parameters[0].value"],
  [
    "one twice",
    [
      { name: "body_1", value: "A" },
      { name: "body_1", value: "B" },
    ],
    "parameters[1].value",
  ],
  [
    "one in two spellings",
    [
      { name: "body_1", value: "A" },
      { name: "1", value: "B" },
    ],
    "parameters[1].value",
  ],
  [
    "two headers",
    [
      { name: "header_text", value: "A" },
      { name: "header_1", value: "B" },
    ],
    "parameters[1].value",
  ],
  [
    "a header that is no address",
    [{ name: "header_image", value: "cat.png" }],
    "parameters[0].value",
  ],
  [
    "numbers and names",
    [
      { name: "body_1", value: "A" },
      { name: "city", value: "B" },
    ],
    "parameters",
  ],
  [
    "one button twice",
    [
      { name: "button_0", value: "A" },
      { name: "button_1_url", value: "B" },
    ],
    "parameters[1].value",
  ],
  ["a button of no kind", [{ name: "button_x", value: "A" }], "parameters[0].value"],
  ["a body of no number", [{ name: "body_first", value: "A" }], "parameters[0].value"],
  ["a name in capitals", [{ name: "Body_1", value: "A" }], "parameters[0].value"],
  ["a name of prototypes", [{ name: "__proto__", value: "A" }], "parameters[0].value"],
])("parameters are refused, naming the field: %s", (_, given, field, code) => {
  expect(fieldOf(readTemplateParameters(given))).toEqual([code ?? "INVALID_PARAMETER", field]);
});

test.each<[string, unknown, string, string?]>([
  ["a list", ["A"], "v", "MALFORMED_REQUEST"],
  ["a text", "A", "v", "MALFORMED_REQUEST"],
  ["null", { body_1: null }, "v.body_1"],
  ["a value of prototypes", JSON.parse('{"__proto__":"A"}'), "v.__proto__"],
  ["a name that is a sentence", { "Ana's phone: +1 604": "A" }, "v"],
])("variables are refused, naming the field: %s", (_, given, field, code) => {
  expect(fieldOf(readVariables(given, "v"))).toEqual([code ?? "INVALID_PARAMETER", field]);
});

test.each([undefined, null, {}])("without variables (%j) there are no parameters", (given) => {
  expect(readVariables(given, "v")).toEqual({ ok: true, parameters: NOTHING });
});

test("any input: no exception, and a refusal never repeats a value", () => {
  const name = fc.oneof(
    fc.constantFrom("body_1", "body_2", "button_0", "header_image", "city"),
    fc.string(),
  );
  const value = fc.oneof(fc.anything(), fc.constant("a secret of somebody's"));
  fc.assert(
    fc.property(fc.array(fc.record({ name, value })), (given) => {
      const reading = readTemplateParameters(given);
      if (!reading.ok) expect(JSON.stringify(reading)).not.toContain("a secret of somebody's");
    }),
  );
});

test("a number is sent with its digits as written", () => {
  const request = parseExactJson('{"body_1":123456789012345678901,"body_2":19.90,"body_3":7}');
  const body = words("123456789012345678901", "19.90", "7");
  expect(readVariables(request, "v")).toEqual({ ok: true, parameters: { ...NOTHING, body } });
});
