const LONG_MS = 1_000;

/** Runs a step of the start and prints how long it took; of a long one also that it is running. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const isLong = setTimeout(() => tell(`${what} …`), LONG_MS);
  try {
    const result = await work();
    tell(`✓ ${what} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    return result;
  } finally {
    clearTimeout(isLong);
  }
}

/** Prints a message on a line of its own. */
export function tell(line: string): void {
  process.stdout.write(`  ${line}\n`);
}
