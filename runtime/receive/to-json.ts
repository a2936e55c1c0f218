/** Null for what is nested deeper than the stack: what came with it in one payload must not wait for it. */
export function toJson(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
