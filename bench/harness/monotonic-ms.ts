const NANOSECONDS_PER_MS = 1e6;

/** The monotonic clock that all processes of this machine share, in milliseconds. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / NANOSECONDS_PER_MS;
}
