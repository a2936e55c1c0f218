/** How many numbers can be asked for by id at once: more than any usual payload names. */
export const MOST_IDS = 100;
