/** What stands in a person's place once their data had to go. */
export type Pseudonym = { name: string; email: string };

/** Stable, and of the id alone, which stays in the trail. */
export function toPseudonym(personId: string): Pseudonym {
  const short = personId.replaceAll("-", "").slice(-12);
  return { name: `Former person ${short}`, email: `former-${short}@pseudonym.invalid` };
}

/** Whether a person's data was replaced: for good. */
export function isPseudonym({ id, email }: { id: string; email: string }): boolean {
  return email === toPseudonym(id).email;
}
