const isOpen = { line: false };

/** Runs one step of the start and shows how long it took. Other lines may come in between. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  process.stdout.write(`  ${what} …`);
  isOpen.line = true;
  try {
    const result = await work();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(isOpen.line ? ` ${seconds} s\n` : `  ${what}: done in ${seconds} s\n`);
    isOpen.line = false;
    return result;
  } catch (error) {
    endLine();
    throw error;
  }
}

/** Tells something on a line of its own. */
export function tell(line: string): void {
  endLine();
  process.stdout.write(`  ${line}\n`);
}

function endLine(): void {
  if (isOpen.line) process.stdout.write("\n");
  isOpen.line = false;
}
