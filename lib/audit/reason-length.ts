/** The bounds of a reason, in code points after trimming: for schema, screen, tests and the database's check. */
export const REASON_LENGTH = { min: 5, max: 500 } as const;
