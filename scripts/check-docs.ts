import { readFile } from "node:fs/promises";
import path from "node:path";
import { listPaths, ROOT } from "./list-paths.ts";

/** Files that the console creates while it runs. */
const MADE_LATER = new Set(["demo.json", "secrets.json"]);
/** Matches text with a slash, or a bare file name with one of our extensions. */
const PATH_IN_CODE = /`([\w@.-]+\/[\w./@[\]()*-]*|[\w-]+\.(?:ts|mjs|js|json|md|prisma|yml|yaml))`/g;
const LINK = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g;
const COMMAND = /\bnpm (?:run ([\w:-]+)|(start|test)\b)/g;

const COMMENT = /^\s*(?:\/\*\*?|\*|\/\/\/?|--|#)\s(.*)/;
/** A path of ours to a file, or to a decision by its number alone. */
const PATH_IN_COMMENT =
  /(?<![\w@./:-])((?:app|bench|components|docs|e2e|lib|postgres|prisma|runtime|scripts|sdk|testing)\/[\w./()[\]-]*\.(?:ts|tsx|mjs|md|sql|prisma)\b|docs\/decisions\/\d+\b(?!-))/g;
const COMMENTED = /^(?!.*generated\/).*\.(ts|tsx|mjs|mts|sql|prisma)$/;

type Manifest = { scripts: Record<string, string> };

/** The dead paths, links and commands of one document, as "file:line what". */
export function findDeadReferences(options: {
  file: string;
  text: string;
  scripts: ReadonlySet<string>;
  /** Every file and folder of the repository, from its root. */
  paths: ReadonlySet<string>;
}): string[] {
  const { file, text, scripts, paths } = options;
  const topLevel = new Set([...paths].map((name) => name.split("/")[0] ?? ""));
  const names = new Set([...paths].map((name) => path.basename(name)));
  const exists = (name: string) => paths.has(path.normalize(name).replace(/\/$/, ""));
  const dead: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const report = (what: string) => dead.push(`${file}:${index + 1} ${what}`);
    for (const [, target = ""] of line.matchAll(LINK)) {
      const isLocal = !/^[a-z]+:/i.test(target);
      if (isLocal && !exists(path.join(path.dirname(file), decodeURIComponent(target)))) {
        report(`links to ${target}, which does not exist`);
      }
    }
    for (const [, named = ""] of line.matchAll(PATH_IN_CODE)) {
      const isThere = named.includes("/") ? exists(named) : names.has(named);
      if (isOurs(named, topLevel) && !isThere) report(`names ${named}, which does not exist`);
    }
    for (const [, named, short] of line.matchAll(COMMAND)) {
      const script = named ?? short ?? "";
      if (!scripts.has(script))
        report(`runs npm script ${script}, which package.json does not have`);
    }
  }
  return dead;
}

/** The dead paths in the comments of one file of code, as "file:line what". */
export function findDeadComments(options: {
  file: string;
  text: string;
  paths: ReadonlySet<string>;
}): string[] {
  const { file, text, paths } = options;
  return text.split("\n").flatMap((line, index) => {
    const [, comment = ""] = COMMENT.exec(line) ?? [];
    return [...comment.matchAll(PATH_IN_COMMENT)]
      .filter(([, named = ""]) => !paths.has(named))
      .map(([, named]) => `${file}:${index + 1} names ${named}, which does not exist`);
  });
}

/** The decisions that the index of decisions does not link to. */
export function findUnlistedDecisions(documents: readonly string[], index: string): string[] {
  return documents
    .filter((file) => /^docs\/decisions\/\d/.test(file))
    .filter((file) => !index.includes(`](${path.basename(file)})`))
    .map((file) => `${file} is not in docs/decisions/README.md; add its row`);
}

/** The decisions whose number another one has, too: they are cited by number. */
export function findRepeatedNumbers(documents: readonly string[]): string[] {
  const taken = new Map<string, string>();
  return documents.flatMap((file) => {
    const [, number] = /^docs\/decisions\/(\d+)-/.exec(file) ?? [];
    if (number === undefined) return [];
    const first = taken.get(number);
    taken.set(number, first ?? file);
    return first === undefined
      ? []
      : [`${file} has the number of ${first}; give it the next free one`];
  });
}

/** Whether a name is a path of this repository: not a pattern, and it begins with one of our folders. */
function isOurs(named: string, topLevel: ReadonlySet<string>): boolean {
  if (named.includes("*")) return false;
  if (!named.includes("/")) return !MADE_LATER.has(named);
  return topLevel.has(named.split("/")[0] ?? "");
}

async function main(): Promise<void> {
  const manifest = await readFile(path.join(ROOT, "package.json"), "utf8");
  const scripts = new Set(Object.keys((JSON.parse(manifest) as Manifest).scripts));
  const paths = await listPaths();
  const documents = [...paths]
    .filter((name) => /^((README|CONTRIBUTING)\.md|docs\/.*\.md)$/.test(name))
    .sort();
  const dead = findRepeatedNumbers(documents);
  for (const file of documents) {
    const text = await readFile(path.join(ROOT, file), "utf8");
    dead.push(...findDeadReferences({ file, text, scripts, paths }));
  }
  const index = await readFile(path.join(ROOT, "docs/decisions/README.md"), "utf8");
  dead.push(...findUnlistedDecisions(documents, index));
  for (const file of [...paths].filter((name) => COMMENTED.test(name)).sort()) {
    const text = await readFile(path.join(ROOT, file), "utf8");
    dead.push(...findDeadComments({ file, text, paths }));
  }
  for (const line of dead) console.error(line);
  console.log(`${documents.length} documents, ${dead.length} faults`);
  if (dead.length > 0) process.exitCode = 1;
}

if (import.meta.main) await main();
