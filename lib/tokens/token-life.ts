/** The longest life of a token; for longer use it has to be replaced. */
export const MAX_LIFE_DAYS = 366;

/** How long a token may go on working after it was rotated. */
export const MAX_OVERLAP_DAYS = 7;

export const DAY_MS = 86_400_000;
