/** A parameter of a path as it was meant; one that cannot be decoded as it stands. */
export function decodeParam(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
