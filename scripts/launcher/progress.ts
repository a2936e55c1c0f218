const LONG_MS = 1_000;

/** Runs one step of the start and tells how long it took; a long one is told of while it works, too. */
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

/** Tells something on a line of its own. */
export function tell(line: string): void {
  process.stdout.write(`  ${line}\n`);
}
