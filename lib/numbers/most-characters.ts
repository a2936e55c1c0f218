/** How much text can be searched for at once: some five thousand numbers, as people write them. */
export const MOST_CHARACTERS = 100_000;
