import { describeShape } from "./describe-shape.ts";
import { parsePhone } from "./parse-phone.ts";
import type { CustomerDoubt } from "./webhook-item.ts";

export const SYSTEM_MESSAGE: CustomerDoubt = {
  kind: "system_message",
  why: "A system message of a kind that is not known: WhatsApp wrote it, not the customer.",
};

/** Contacts disagree about one customer's phone. */
export const DIFFERENT_PHONES: CustomerDoubt = {
  kind: "unclear_phone",
  why: "Contacts of this payload give the sender different phones.",
};

export const STRAY_PHONE: CustomerDoubt = {
  kind: "unclear_phone",
  why: "The payload has a contact with a phone and no BSUID, which may be the sender's.",
};

export const UNCLAIMED_CONTACT: CustomerDoubt = {
  kind: "unclear_phone",
  why: "The payload has no contact with the sender's BSUID, and one with a phone that is nobody else's.",
};

export const MISPLACED_PHONE: CustomerDoubt = {
  kind: "unclear_phone",
  why: "There is a phone in a field in which Meta has none, and it may be the sender's.",
};

export const GROUP_AS_SENDER: CustomerDoubt = {
  kind: "unreadable_phone",
  why: "from names the group instead of the sender.",
};

export const GROUP_AS_CONTACT: CustomerDoubt = {
  kind: "unclear_phone",
  why: "The contact's wa_id names the group instead of the sender.",
};

export const OWN_NUMBER: CustomerDoubt = {
  kind: "own_number",
  why: "The sender's phone is the business's own number, which is no customer.",
};

/** Other names of a phone's field: those of programs in between, or of Meta elsewhere. */
const OTHER_PHONE_FIELDS = ["wa_id", "phone", "phone_number", "phoneNumber", "input"] as const;

/** Whether a message or contact without a phone has one under another name. */
export function hasMisplacedPhone(fields: Record<string, unknown>): boolean {
  return OTHER_PHONE_FIELDS.some((field) => parsePhone(fields[field]) !== null);
}

/** @param field `from` or `wa_id` */
export function unreadablePhone(field: string, value: unknown): CustomerDoubt {
  const why = `${field} is no phone: it looks like ${describeShape(value)}.`;
  return { kind: "unreadable_phone", why };
}

export function unreadableId(value: unknown): CustomerDoubt {
  const why = `from_user_id is no BSUID, and there is no phone: it looks like ${describeShape(value)}.`;
  return { kind: "unreadable_id", why };
}
