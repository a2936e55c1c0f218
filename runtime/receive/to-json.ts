/** Null for a value that nests deeper than the stack allows: the rest of its payload must not fail with it. */
export function toJson(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
