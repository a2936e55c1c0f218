/** The most numbers that can be requested by id at once: more than a usual payload names. */
export const MAX_IDS = 100;
