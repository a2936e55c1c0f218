/** Whether a text is an address from which Meta can fetch a file. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text);
}
