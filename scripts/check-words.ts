import { readFile } from "node:fs/promises";
import path from "node:path";
import { listPaths, ROOT } from "./list-paths.ts";

const GLOSSARY = "docs/glossary.md";
const ROW = /^\| `([^`]+)` +\| ([a-z, ]+?) +\| (.+?) +\|$/gm;
const CODE = /\.(ts|tsx|mjs)$/;
const CHECKED =
  /^((app|bench|components|e2e|lib|postgres|runtime|scripts|sdk|testing)\/.*\.(ts|tsx|mjs)|messages\/.*\.json|docs\/.*\.(md|mjs)|[\w.]+\.(ts|mjs|md))$/;
const NOT_CHECKED = /^(docs\/glossary\.md|lib\/db\/generated\/.*|next-env\.d\.ts)$/;
const DOCSTRINGS_CHECKED = /^(lib|runtime|sdk)\/.*(?<!\.test)\.ts$/;

type Line = { file: string; line: string; before: string };
type Banned = { word: string; instead: string; isIn: (line: Line) => boolean };

/** The banned words of a glossary: rows "`word` | where | instead". */
export function readBannedWords(glossary: string): Banned[] {
  return [...glossary.matchAll(ROW)].map(([, word = "", where = "", instead = ""]) => {
    const tests = where.split(", ").map((kind) => toTest(kind, word));
    return { word, instead, isIn: (line) => tests.some((test) => test(line)) };
  });
}

/** The banned words of one file, as "file:line what". */
export function findBannedWords(file: string, text: string, banned: readonly Banned[]): string[] {
  return text
    .split("\n")
    .flatMap((line, index, lines) =>
      banned
        .filter(({ isIn }) => isIn({ file, line, before: lines[index - 1] ?? "" }))
        .map(({ word, instead }) => `${file}:${index + 1} has “${word}”; write ${instead}`),
    );
}

function toTest(kind: string, word: string): Banned["isIn"] {
  const words = word.split(" ").join("\\s+");
  switch (kind) {
    case "name": {
      const parts = ` ${word.toLowerCase()} `;
      return ({ line }) => toIdentifiers(line).some((identifier) => identifier.includes(parts));
    }
    case "text": {
      const phrase = new RegExp(`\\b${words}\\b`, "i");
      return ({ line }) => phrase.test(line);
    }
    case "variable": {
      const declared = new RegExp(`\\b(const|let) (${word}\\b|[{[].*: ${word}\\b.*[}\\]] =)`);
      return ({ line, file }) => CODE.test(file) && declared.test(line);
    }
    case "opening": {
      const opening = new RegExp(`^/\\*\\*\\s+(\\* )?${words}\\b`);
      return ({ line, before, file }) => {
        const isSecond = before.trim() === "/**";
        const docstring = isSecond ? `/** ${line.trim()}` : line.trim();
        return DOCSTRINGS_CHECKED.test(file) && opening.test(docstring);
      };
    }
    default:
      throw new Error(`${GLOSSARY}: “${kind}” is none of name, text, variable, opening.`);
  }
}

/** Each identifier of a line as its words: `applyFlips` is " apply flips ". */
function toIdentifiers(line: string): string[] {
  return (line.match(/[A-Za-z_]\w*/g) ?? []).map((identifier) => {
    const words = identifier.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll("_", " ");
    return ` ${words.toLowerCase()} `;
  });
}

async function main(): Promise<void> {
  const banned = readBannedWords(await readFile(path.join(ROOT, GLOSSARY), "utf8"));
  if (banned.length === 0) throw new Error(`${GLOSSARY} bans no word: is its table as it was?`);
  const files = [...(await listPaths())].filter(
    (file) => CHECKED.test(file) && !NOT_CHECKED.test(file),
  );
  const faults: string[] = [];
  for (const file of files.sort()) {
    faults.push(...findBannedWords(file, await readFile(path.join(ROOT, file), "utf8"), banned));
  }
  for (const fault of faults) console.error(fault);
  console.log(`${files.length} files, ${banned.length} banned words, ${faults.length} faults`);
  if (faults.length > 0) process.exitCode = 1;
}

if (import.meta.main) await main();
