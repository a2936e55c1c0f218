/** The orders of the list of numbers; ties are broken by phone_number_id. */
export const NUMBER_SORTS = ["label", "account", "changed", "loss"] as const;
export type NumberSort = (typeof NUMBER_SORTS)[number];
