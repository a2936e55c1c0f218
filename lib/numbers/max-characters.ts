/** The longest text to search for: some five thousand numbers, as people write them. */
export const MAX_CHARACTERS = 100_000;
