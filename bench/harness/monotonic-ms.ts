const NANOSECONDS_PER_MS = 1e6;

/** One clock for all processes of this machine, in milliseconds. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / NANOSECONDS_PER_MS;
}
