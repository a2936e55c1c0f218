/** What the list can be narrowed to, as the address spells it. */
export const NUMBER_STATES = [
  "in-service",
  "accepting",
  "phone-only",
  "losing",
  "retired",
  "all",
] as const;
export type NumberState = (typeof NUMBER_STATES)[number];
