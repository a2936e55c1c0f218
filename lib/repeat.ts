/**
 * Repeats work, with a pause after each end: two runs never overlap. The work deals with its own failures.
 *
 * @param options.everyMs the pause, also as a function of what the run gave
 * @returns a function that stops repeating, and waits for what is running
 */
export function repeat<Result>(
  work: () => Promise<Result>,
  {
    firstAfterMs,
    everyMs,
  }: { firstAfterMs: number; everyMs: number | ((result: Result) => number) },
): () => Promise<void> {
  let isOver = false;
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = work().then((result) => {
      const pauseMs = typeof everyMs === "number" ? everyMs : everyMs(result);
      if (!isOver) timer = setTimeout(run, pauseMs).unref();
    });
  };
  let timer = setTimeout(run, firstAfterMs).unref();
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await running;
  };
}
