/** Decodes a path parameter; returns it unchanged when it cannot be decoded. */
export function decodeParam(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
