/** The secret alone goes to standard output, for `$(npm run --silent …)`; what is said of it does not. */
export function showSecret(secret: string, { about }: { about: string }): void {
  console.error(about);
  console.log(secret);
}
