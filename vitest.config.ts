import { configDefaults, defineConfig } from "vitest/config";

// Neither UTC nor a whole hour from it: code that forgets its time zone fails here, not in production.
process.env.TZ = "Asia/Kathmandu";

// Every test file and every program that a test starts reads what another one has compiled.
process.env.NODE_COMPILE_CACHE ??= `${import.meta.dirname}/.cache/node-compile`;

export default defineConfig({
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: [...configDefaults.exclude, "e2e/**", ".next/**", ".data/**"],
    globalSetup: ["lib/testing/global-setup.ts"],
    // Many tests wait for a process or a clock. By itself Vitest would run one file at a time on two cores.
    maxWorkers: 2,
    // A thread starts in half the time, and may never end: Node closes its handles for ever when a test left
    // one open (a child process, a socket), and the run waits for it.
    pool: "forks",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Only how long it may take on a busy machine: what has to be quick says so itself.
    expect: { poll: { timeout: 10_000 } },
  },
});
