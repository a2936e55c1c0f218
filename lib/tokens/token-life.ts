/** What a token may live at most; whoever needs it longer makes a new one. */
export const LONGEST_LIFE_DAYS = 366;

/** How long a token may go on working beside the one that replaces it. */
export const LONGEST_OVERLAP_DAYS = 7;

export const DAY_MS = 86_400_000;
