import { expect, test } from "vitest";
import {
  findDeadComments,
  findDeadReferences,
  findRepeatedNumbers,
  findUnlistedDecisions,
} from "./check-docs.ts";

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
])("a path that exists, or is not one of ours, is accepted: %s", (text) => {
  expect(check(text)).toEqual([]);
});

test.each([
  ["`lib/gone.ts`", "names lib/gone.ts"],
  ["`gone.ts`", "names gone.ts"],
  ["[gone](gone.md)", "links to gone.md"],
  ["`npm run gone`", "npm script gone"],
  ["npm test", "npm script test"],
])("a dead path, link or command is reported with its line: %s", (text, expected) => {
  const dead = check(`\n${text}`);
  expect(dead).toHaveLength(1);
  expect(dead[0]).toContain(expected);
  expect(dead[0]).toContain("docs/operating.md:2");
});

test("two decisions with the same number are reported", () => {
  const decisions = ["docs/decisions/0001-a.md", "docs/decisions/0002-b.md"];
  expect(findRepeatedNumbers([...decisions, "docs/api.md"])).toEqual([]);
  const [repeated = "", ...others] = findRepeatedNumbers([
    ...decisions,
    "docs/decisions/0002-c.md",
  ]);
  expect(repeated).toContain("0002-c.md has the number of docs/decisions/0002-b.md");
  expect(others).toEqual([]);
});

test("a dead path in a comment is reported, and a decision that is cited by its number alone", () => {
  const paths = new Set(["docs/decisions/0002-b.md", "lib/config.ts", "app/(console)/layout.tsx"]);
  const find = (text: string) => findDeadComments({ file: "lib/a.ts", text, paths });
  expect(
    find(`/** See docs/decisions/0002-b.md. */
 * lib/config.ts, app/(console)/layout.tsx, or docs/gone/ of https://example.com/docs/x.md
import { gone } from "lib/gone.ts";`),
  ).toEqual([]);
  expect(find("\n// as docs/decisions/0002 says, and lib/gone.ts")).toEqual([
    "lib/a.ts:2 names docs/decisions/0002, which does not exist",
    "lib/a.ts:2 names lib/gone.ts, which does not exist",
  ]);
});

test("a decision that the index does not link to is reported", () => {
  const documents = ["docs/decisions/0001-a.md", "docs/decisions/0002-b.md", "docs/api.md"];
  expect(findUnlistedDecisions(documents, "| 1 | [A](0001-a.md) |")).toEqual([
    "docs/decisions/0002-b.md is not in docs/decisions/README.md; add its row",
  ]);
});
