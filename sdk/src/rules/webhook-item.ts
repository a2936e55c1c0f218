/** One of the business's own numbers, as a payload names it. */
export type BusinessNumber = {
  /** Meta's `phone_number_id`, only digits; the key of the flag. */
  phoneNumberId: string;
  /** E.164 with `+`, for people. */
  displayPhoneNumber: string | null;
  wabaId: string | null;
};

/** A customer as known from one payload; fields that it does not have are null. */
export type Customer = {
  /** E.164 with `+`. */
  phone: string | null;
  /** The regular BSUID, verbatim; never a parent one. */
  bsuid: string | null;
  parentBsuid: string | null;
  name: string | null;
  /** Without `@`. For display only: people change it. */
  username: string | null;
  /** Why their ids may be incomplete; null for nearly everybody. */
  doubt: CustomerDoubt | null;
};

/** Why it is uncertain whether a customer has no phone, so that their message is not treated as phone-less. */
export type CustomerDoubt = {
  /**
   * `unreadable_phone`: the field of their phone contains something else. `unclear_phone`: the payload has a
   * phone that may be theirs. `unreadable_id`: they have no phone, and the BSUID's field has no valid one.
   * `own_number`: their phone is the business's own. `system_message`: they did not write it.
   */
  kind: "unreadable_phone" | "unclear_phone" | "unreadable_id" | "own_number" | "system_message";
  /** One sentence for people, which names nobody. */
  why: string;
};

/** A message of a customer. */
export type InboundMessage = {
  kind: "message";
  /** Its path in the payload, such as `entry[0].changes[0].value.messages[2]`. */
  path: string;
  number: BusinessNumber;
  /** Meta's `wamid`; a message may come again. */
  id: string;
  /** Seconds since 1970, as Meta writes them. */
  timestamp: string;
  type: string;
  customer: Customer;
  groupId: string | null;
  /** Whether the customer opened the chat and wrote nothing (`request_welcome`), so that a drop loses no message. */
  isChatOpening: boolean;
  /** Whether the customer wrote it: false for an opened chat and a system message. Only these are counted. */
  isFromCustomer: boolean;
  /** Meta's message as it came. */
  content: Record<string, unknown>;
};

/** The status of a message that the business sent. The flag never drops one. */
export type MessageStatus = {
  kind: "status";
  path: string;
  number: BusinessNumber;
  /** The `wamid` of the message that was sent. */
  id: string;
  timestamp: string;
  /** `sent`, `delivered`, `read`, `played`, `deleted`, `failed`, or what Meta adds; in any order. */
  status: string;
  /** In a group, the participant; without ids if none is named. */
  customer: Customer;
  groupId: string | null;
  error: { code: number | null; title: string | null; details: string | null } | null;
  /** Meta's status as it came. */
  content: Record<string, unknown>;
};

/** A notice that a customer has new ids. The flag never drops it. */
export type IdentityChange = {
  kind: "identity_change";
  path: string;
  number: BusinessNumber;
  source: "user_id_update" | "system";
  timestamp: string;
  /** The system message's `wamid`; null for `user_id_update`. */
  messageId: string | null;
  /** BSUIDs, verbatim. `current` is null only in older notices about a new phone alone. */
  previous: string | null;
  current: string | null;
  previousParent: string | null;
  currentParent: string | null;
  /** E.164 with `+`. */
  previousPhone: string | null;
  currentPhone: string | null;
};

/** An event that is not a message: calls, history, preferences, errors. */
export type OtherEvent = {
  kind: "other";
  path: string;
  number: BusinessNumber | null;
  field: string;
};

export type WebhookItem = InboundMessage | MessageStatus | IdentityChange | OtherEvent;

/** An item that could not be read, and why. It does not affect the payload's other items. */
export type ItemProblem = {
  path: string;
  messageId: string | null;
  phoneNumberId: string | null;
  /** One sentence. */
  message: string;
  /** Meta's code, if Meta reports an error in place of an item. */
  code: number | null;
};
