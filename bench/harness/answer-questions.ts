import type { Question } from "./program.ts";

type Answers = Record<string, (about: never) => unknown>;

/** Called by a program of bench/programs: answers the benchmark's questions until it is stopped. */
export function answerQuestions(answers: Answers): void {
  const all: Answers = { ready: () => null, cpuMs, threadCpuMs, residentBytes, ...answers };
  process.on("message", async ({ number, question, about }: Question) => {
    try {
      const answer = await all[question]?.(about as never);
      process.send?.({ number, answer });
    } catch (error) {
      process.send?.({ number, error: String(error) });
    }
  });
  process.on("disconnect", () => process.exit());
  process.on("SIGTERM", () => process.exit());
}

/** The settings that this program was started with. */
export function readSettings<Settings>(): Settings {
  return JSON.parse(process.argv[2] ?? "{}") as Settings;
}

/** The CPU time of this process since it began, in milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** The CPU time of this process's first thread, in milliseconds. */
function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** The resident memory of this process after a garbage collection. */
async function residentBytes(): Promise<number> {
  await globalThis.gc?.({ type: "major", execution: "async" });
  return process.memoryUsage.rss();
}
