import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import type { Actor } from "#lib/access/actor.ts";

type Verb = (actor: Actor, ...input: unknown[]) => unknown;

const LIB = path.resolve(import.meta.dirname, "../lib");

/** Every exported function of lib/ whose first parameter is an actor, with its file. */
export async function findVerbs(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const file of glob("**/*.ts", { cwd: LIB })) {
    if (/generated\/|\.test\.ts$/.test(file)) continue;
    const source = await readFile(path.join(LIB, file), "utf8");
    const exported = /export (?:async )?function\*? (\w+)(?:<[^(]*>)?\(\s*actor: /g;
    for (const [, name = ""] of source.matchAll(exported)) found.set(name, path.join(LIB, file));
  }
  return found;
}

/** @throws Error for a name that its file does not export */
export async function loadVerb(verbs: ReadonlyMap<string, string>, name: string): Promise<Verb> {
  const module = (await import(verbs.get(name) ?? "")) as Record<string, Verb>;
  const verb = module[name];
  if (!verb) throw new Error(`There is no verb ${name}.`);
  return verb;
}

/** Every file that one imports, directly or not, but for types; nothing is followed through `except`. */
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
