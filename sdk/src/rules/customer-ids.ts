import { type Bsuid, parseBsuid } from "./bsuid.ts";
import { parsePhone, withoutInvisible } from "./parse-phone.ts";
import type { Customer } from "./webhook-item.ts";

/** The ids in one object of a payload. */
export type CustomerIds = Pick<Customer, "phone" | "bsuid" | "parentBsuid"> & {
  /** Whether the phone's field has a value that is neither a phone nor a BSUID. */
  isPhoneUnreadable: boolean;
  /** Whether the BSUID's field has a value that is not a BSUID. */
  isUserUnreadable: boolean;
};

/**
 * Reads ids by their shape, not by their field: a value with the shape of a BSUID is one in a phone's field,
 * too (third-party documents of early 2026 have it there), and a parent BSUID is never taken for the regular
 * one. Absent, `null`, `""` and blank mean "no"; any other unreadable value is reported as such.
 */
export function readCustomerIds(fields: {
  /** `from`, `wa_id`, `recipient_id`. */
  phone: unknown;
  /** `from_user_id`, `user_id`, `recipient_user_id`. */
  user: unknown;
  /** `from_parent_user_id` and similar fields. */
  parent: unknown;
}): CustomerIds {
  const user = parseBsuid(fields.user);
  const phone = parsePhone(fields.phone);
  const misplaced = phone === null ? parseBsuid(fields.phone) : null;
  const parent = parseBsuid(fields.parent);
  return {
    phone,
    bsuid: regular(user) ?? regular(misplaced),
    parentBsuid: shared(parent) ?? shared(user) ?? shared(misplaced),
    isPhoneUnreadable: phone === null && misplaced === null && !isNothing(fields.phone),
    isUserUnreadable: user === null && !isNothing(fields.user),
  };
}

/** Whether a value is absent, `null`, `""`, or only blanks and invisible marks. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === "string" && withoutInvisible(value).trim() === "";
}

function regular(bsuid: Bsuid | null): string | null {
  return bsuid === null || bsuid.isParent ? null : bsuid.value;
}

function shared(bsuid: Bsuid | null): string | null {
  return bsuid?.isParent ? bsuid.value : null;
}
