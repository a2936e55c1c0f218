import { expect, test } from "vitest";
import { findDeadReferences, findRepeatedNumbers } from "./check-docs.ts";

function check(text: string, file = "docs/operating.md") {
  return findDeadReferences({
    file,
    text,
    scripts: new Set(["start", "bench"]),
    paths: new Set(["lib", "lib/config.ts", "server.ts", "docs", "docs/security.md"]),
  });
}

test.each([
  "`lib/config.ts`, `config.ts`, `server.ts` and `demo.json`, all below `lib/`",
  "[security](security.md#keys) and [a site](https://example.com/none.md)",
  "npm start, then `npm run bench`",
  "`application/json`, `@prisma/client`, `lib/*/README.md` and `/api/v1/flags`",
])("what exists, or is no path of ours, is fine: %s", (text) => {
  expect(check(text)).toEqual([]);
});

test.each([
  ["`lib/gone.ts`", "names lib/gone.ts"],
  ["`gone.ts`", "names gone.ts"],
  ["[gone](gone.md)", "links to gone.md"],
  ["`npm run gone`", "npm script gone"],
  ["npm test", "npm script test"],
])("what is dead is named with its line: %s", (text, expected) => {
  const dead = check(`\n${text}`);
  expect(dead).toHaveLength(1);
  expect(dead[0]).toContain(expected);
  expect(dead[0]).toContain("docs/operating.md:2");
});

test("two decisions of one number are named", () => {
  const decisions = ["docs/decisions/0001-a.md", "docs/decisions/0002-b.md"];
  expect(findRepeatedNumbers([...decisions, "docs/api.md"])).toEqual([]);
  const [repeated = "", ...others] = findRepeatedNumbers([
    ...decisions,
    "docs/decisions/0002-c.md",
  ]);
  expect(repeated).toContain("0002-c.md has the number of docs/decisions/0002-b.md");
  expect(others).toEqual([]);
});
