/** Prints only the secret to standard output, for `$(npm run --silent …)`, and `about` to standard error. */
export function showSecret(secret: string, { about }: { about: string }): void {
  console.error(about);
  console.log(secret);
}
