/** The roles that have a name on the screen. */
export const ROLES = ["support", "account_manager", "auditor", "admin"] as const;
