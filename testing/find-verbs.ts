import { execFile } from "node:child_process";
import { glob, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Actor } from "#lib/access/actor.ts";

type Verb = (actor: Actor, ...input: unknown[]) => unknown;

const ROOT = path.resolve(import.meta.dirname, "..");
const COMPILER = path.join(ROOT, "node_modules/typescript/bin/tsc");

/** Matches a declaration of an exported function, or of a constant that is one, whose first parameter is an actor. */
const TAKES_ACTOR =
  /^export declare (?:function|const) (\w+)(?:<[^(]*>)?(?:: )?\([^:)]+: (?:import\("[^"]*"\)\.)?\w*Actor\b/gm;

/**
 * Every exported function of lib/ whose first parameter is an actor, with its file. Goes by the types in
 * the compiler's declarations, whatever the parameter is called.
 */
export async function findVerbs(): Promise<Map<string, string>> {
  const declarations = await mkdtemp(path.join(tmpdir(), "declarations-"));
  try {
    await declareTypes(declarations);
    const verbs = new Map<string, string>();
    for await (const file of glob("lib/**/*.d.ts", { cwd: declarations })) {
      const text = await readFile(path.join(declarations, file), "utf8");
      const source = path.join(ROOT, file.replace(/\.d\.ts$/, ".ts"));
      for (const [, name = ""] of text.matchAll(TAKES_ACTOR)) verbs.set(name, source);
    }
    return verbs;
  } finally {
    await rm(declarations, { recursive: true });
  }
}

/** Has the compiler write lib/'s declarations. Its errors about types that it cannot name do not matter here. */
async function declareTypes(outDir: string): Promise<void> {
  const project = path.join(outDir, "tsconfig.json");
  const config = {
    extends: path.join(ROOT, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      emitDeclarationOnly: true,
      declaration: true,
      incremental: false,
      outDir,
      rootDir: ROOT,
      typeRoots: [path.join(ROOT, "node_modules/@types")],
    },
    include: [path.join(ROOT, "lib/**/*.ts")],
    exclude: [path.join(ROOT, "lib/**/*.test.ts")],
  };
  await writeFile(project, JSON.stringify(config));
  await promisify(execFile)(process.execPath, [COMPILER, "-p", project]).catch((error) => {
    if (!/TS2883/.test(error.stdout)) throw error;
  });
}

/** @throws Error for a name that its file does not export */
export async function loadVerb(verbs: ReadonlyMap<string, string>, name: string): Promise<Verb> {
  const module = (await import(verbs.get(name) ?? "")) as Record<string, Verb>;
  const verb = module[name];
  if (!verb) throw new Error(`There is no verb ${name}.`);
  return verb;
}

/** Every file that a file imports, directly or not, type imports excepted. Does not follow imports of `except`. */
export async function findImports(
  file: string,
  { except }: { except: string },
  seen = new Set<string>(),
): Promise<Set<string>> {
  if (seen.has(file) || file.endsWith(except)) return seen;
  seen.add(file);
  const source = await readFile(file, "utf8");
  const imported = /^(?:import|export) (?!type )[^;"]*from "(\.[^"]+)";/gm;
  for (const [, relative = ""] of source.matchAll(imported)) {
    await findImports(path.resolve(path.dirname(file), relative), { except }, seen);
  }
  return seen;
}
