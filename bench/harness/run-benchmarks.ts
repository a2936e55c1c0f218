import { readdir } from "node:fs/promises";
import path from "node:path";
import { Shutdown } from "#lib/shutdown.ts";
import { isReached, type Row, toLine } from "./row.ts";
import { Stage } from "./stage.ts";

const FOLDER = path.resolve(import.meta.dirname, "..");

/** What each file of bench/ exports. A benchmark that returns no rows has printed its results itself. */
type Benchmark = { name: string; run: (stage: Stage) => Promise<readonly Row[] | undefined> };

const shutdown = new Shutdown();

/** `npm run bench [-- NAME …]`: prints what was measured, and which targets are missed. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const benchmarks = await loadBenchmarks(wanted);
  const missed: string[] = [];
  for (const benchmark of benchmarks) {
    const rows = await runOne(benchmark);
    shutdown.signal.throwIfAborted();
    if (rows.some((row) => isReached(row) === false)) missed.push(benchmark.name);
  }
  console.log(missed.length === 0 ? "\nNo target is missed." : `\nMissed: ${missed.join(", ")}`);
  await shutdown.exit(0);
}

async function loadBenchmarks(wanted: readonly string[]): Promise<Benchmark[]> {
  const names = (await readdir(FOLDER))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3))
    .sort();
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no benchmark ${unknown}. There are: ${names.join(", ")}.`);
    await shutdown.exit(1);
  }
  const chosen = names.filter((name) => wanted.length === 0 || wanted.includes(name));
  const load = (name: string) => import(path.join(FOLDER, `${name}.ts`)) as Promise<Benchmark>;
  return await Promise.all(chosen.map(load));
}

async function runOne({ name, run }: Benchmark): Promise<readonly Row[]> {
  console.log(`\n── ${name} ──`);
  const stage = new Stage();
  shutdown.add(() => stage.clear());
  try {
    const rows = (await run(stage)) ?? [];
    for (const row of rows) console.log(toLine(row));
    return rows;
  } finally {
    await stage.clear();
  }
}

await shutdown.run(main, console.error);
