import { globSync, readFileSync } from "node:fs";
import { configDefaults, defineConfig } from "vitest/config";

// Neither UTC nor a whole hour from it: code that forgets its time zone fails here, not in production.
process.env.TZ = "Asia/Kathmandu";

// Every test file and every program that a test starts reads what another one has compiled.
process.env.NODE_COMPILE_CACHE ??= `${import.meta.dirname}/.cache/node-compile`;

const include = ["**/*.test.ts", "**/*.test.tsx"];
const exclude = [...configDefaults.exclude, "e2e/**", ".next/**", ".data/**"];

/** What a file touches that the next one of its process could find changed; a helper of tests may do so, too. */
const LEAVES_TRACES =
  /\bprocess\b|\bvi\.|globalThis|import\(|\/testing\/|#testing|node:(child_process|cluster|http|net|tls|worker_threads)|mkdtemp|writeFile/;

/** A sweep does up to 200 times, or with ten times the rows, what `npm test` does once. */
const isSweep = Object.keys(process.env).some((name) => /^(SWEEP_|FAULT_WAITERS)/.test(name));

const leavesTraces = (file: string) =>
  LEAVES_TRACES.test(readFileSync(`${import.meta.dirname}/${file}`, "utf8"));

/** Files of pure rules: a process for each of them took three times as long as their tests. */
const pure = globSync(include, { cwd: import.meta.dirname, exclude }).filter(
  (file) => !(leavesTraces(file) || file.startsWith("testing/")),
);

export default defineConfig({
  test: {
    // Many tests wait for a process or a clock. By itself Vitest would run one file at a time on two cores.
    maxWorkers: 2,
    // A thread starts in half the time, and may never end: Node goes on closing its handles when a test left
    // one open (a child process, a socket), and the run waits for it.
    pool: "forks",
    // What takes longer says so, and why.
    testTimeout: isSweep ? 600_000 : 15_000,
    // A template database, or several processes, on a busy machine.
    hookTimeout: 60_000,
    // Only how long it may take on a busy machine: what has to be quick says so itself.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: { name: "pure", include: pure, exclude, isolate: false },
      },
      {
        extends: true,
        test: {
          name: "own process",
          include,
          exclude: [...exclude, ...pure],
          globalSetup: ["testing/database/global-setup.ts"],
        },
      },
    ],
  },
});
