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
