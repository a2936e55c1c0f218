/** The longest text to search for: some five thousand numbers, as people write them. */
export const MOST_CHARACTERS = 100_000;
