/** The most numbers that can be requested by id at once: more than a usual payload names. */
export const MOST_IDS = 100;
