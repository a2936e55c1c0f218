/** The statements of a transaction about more numbers than this take longer. */
export const MANY_CHANGES = 500;
const MANY_TIMEOUT_SECONDS = 20;

/** How long a transaction that changes so many numbers, or asks for that, may take: by default the usual time. */
export function toLimits(numbers: number): { timeoutSeconds?: number } {
  return numbers > MANY_CHANGES ? { timeoutSeconds: MANY_TIMEOUT_SECONDS } : {};
}
