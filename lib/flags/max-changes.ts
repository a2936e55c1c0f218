/** The most numbers that are changed at once. */
export const MAX_CHANGES = 10_000;
