/** The values of the state filter, as the address spells them. */
export const NUMBER_STATES = [
  "in-service",
  "accepting",
  "phone-only",
  "losing",
  "retired",
  "all",
] as const;
export type NumberState = (typeof NUMBER_STATES)[number];

/** In how many days the flag was changed, as the address spells it; "" for any time. */
export const SINCE_DAYS = ["", "1", "7", "30"] as const;
export type SinceDays = (typeof SINCE_DAYS)[number];
