import type { Role } from "../db/generated/enums.ts";
import { every } from "../every.ts";

/** Every role of a person, in the order in which lists show them. */
export const ROLES = every<Role>()(["support", "account_manager", "auditor", "admin"]);

/** The roles in words: `support, account_manager, auditor or admin`. */
export const ROLES_IN_WORDS = new Intl.ListFormat("en", { type: "disjunction" })
  .format(ROLES)
  .replace(", or ", " or ");
