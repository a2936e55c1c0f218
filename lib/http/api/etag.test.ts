import { expect, test } from "vitest";
import { AppError } from "../../errors.ts";
import { isNoneMatchHit, readIfMatch } from "./etag.ts";

function requestWith(name: string, value: string): Request {
  return new Request("http://console.test/", { headers: { [name]: value } });
}

test.each([
  ['"v3"', true],
  ['W/"v3"', true],
  ['"v1", "v3"', true],
  ['"v1","v2" , W/"v3"', true],
  [', "v1",, "v3",', true],
  ["*", true],
  [' "v3" ', true],
  ['"V3"', false],
  ['"v33"', false],
  ['"v1, v3"', false],
  ['"v3-gzip"', true],
  ['W/"v3-zstd"', true],
  ["v3", false],
  ['w/"v3"', false],
  ['"v3', false],
  ['"v3" "v4"', false],
  ['"v1" nonsense, "v3"', false],
  [",", false],
  ["", false],
])("If-None-Match %s names v3: %s", (header, isHit) => {
  expect(isNoneMatchHit(header, "v3")).toBe(isHit);
});

test("a request without If-None-Match matches nothing", () => {
  expect(isNoneMatchHit(null, "v3")).toBe(false);
});

test.each([
  ['"v3"', ["v3"]],
  ['"v3", "v4"', ["v3", "v4"]],
  ['"a,b", "c"', ["a,b", "c"]],
  ['W/"v3"', ["v3"]],
  ['W/"v3", "v4"', ["v3", "v4"]],
  ['"v3-gzip"', ["v3"]],
  ['"v3--gzip"', ["v3"]],
  ['W/"v3-br", "v4-zstd"', ["v3", "v4"]],
  ['"v3-gzip2"', ["v3-gzip2"]],
  ["*", null],
])("If-Match %s asks for %j", (header, tags) => {
  expect(readIfMatch(requestWith("if-match", header))).toEqual(tags);
});

test.each(["v3", '"v3', '"v3" "v4"', "", ",", '*, "v3"'])(
  "a malformed If-Match (%s) is refused, not ignored",
  (header) => {
    expect(() => readIfMatch(requestWith("if-match", header))).toThrow(AppError);
  },
);

test("a list of tags with very many blanks is parsed quickly", () => {
  const start = performance.now();
  expect(isNoneMatchHit(`"a"${" ".repeat(500_000)}"b"`, "b")).toBe(false);
  expect(performance.now() - start).toBeLessThan(1_000);
});
