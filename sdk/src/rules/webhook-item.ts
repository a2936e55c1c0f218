/** One of the business's own numbers, as a payload names it. */
export type BusinessNumber = {
  /** Meta's `phone_number_id`, digits: the key of the flag. */
  phoneNumberId: string;
  /** E.164 with `+`, for people. */
  displayPhoneNumber: string | null;
  wabaId: string | null;
};

/** What is known of a customer from one payload; what it does not say is null. */
export type Customer = {
  /** E.164 with `+`. */
  phone: string | null;
  /** The regular one, verbatim; never a parent BSUID. */
  bsuid: string | null;
  parentBsuid: string | null;
  name: string | null;
  /** Without `@`. For display only: people change it. */
  username: string | null;
  /** Why their ids do not say all about them; null for nearly everybody. */
  doubt: CustomerDoubt | null;
};

/** "Cannot tell" is not "has none": what keeps a message from being taken for a phone-less customer's. */
export type CustomerDoubt = {
  /**
   * `unreadable_phone`: their own phone's field holds something else. `unclear_phone`: the payload has a
   * phone that may be theirs. `unreadable_id`: they have no phone, and what should be a BSUID is none.
   * `own_number`: their phone is the business's own. `system_message`: they did not write it.
   */
  kind: "unreadable_phone" | "unclear_phone" | "unreadable_id" | "own_number" | "system_message";
  /** One sentence, for people; it names nobody. */
  why: string;
};

/** A message of a customer. */
export type InboundMessage = {
  kind: "message";
  /** Where in the payload, such as `entry[0].changes[0].value.messages[2]`. */
  path: string;
  number: BusinessNumber;
  /** Meta's `wamid`; the same one may come again. */
  id: string;
  /** Seconds since 1970, as Meta writes them. */
  timestamp: string;
  type: string;
  customer: Customer;
  groupId: string | null;
  /** The customer opened the chat and wrote nothing (`request_welcome`): a drop of it loses no message. */
  isChatOpening: boolean;
  /** The customer wrote it: no chat that was opened, and no system message. Only these are counted. */
  isFromCustomer: boolean;
  /** Meta's message as it came. */
  content: Record<string, unknown>;
};

/** How far a message of the business has come. The flag never drops one. */
export type MessageStatus = {
  kind: "status";
  path: string;
  number: BusinessNumber;
  /** The `wamid` of the message that was sent. */
  id: string;
  timestamp: string;
  /** `sent`, `delivered`, `read`, `played`, `deleted`, `failed`, or what Meta adds; in any order. */
  status: string;
  /** In a group, the participant; nobody where none is named. */
  customer: Customer;
  groupId: string | null;
  error: { code: number | null; title: string | null; details: string | null } | null;
  /** Meta's status as it came. */
  content: Record<string, unknown>;
};

/** A customer has other ids from now on. The flag never drops it. */
export type IdentityChange = {
  kind: "identity_change";
  path: string;
  number: BusinessNumber;
  source: "user_id_update" | "system";
  timestamp: string;
  /** The system message's `wamid`; null for `user_id_update`. */
  messageId: string | null;
  /** BSUIDs, verbatim. `current` is null only where an older notice tells of a new phone alone. */
  previous: string | null;
  current: string | null;
  previousParent: string | null;
  currentParent: string | null;
  /** E.164 with `+`. */
  previousPhone: string | null;
  currentPhone: string | null;
};

/** Something that is no message: calls, history, preferences, errors. */
export type OtherEvent = {
  kind: "other";
  path: string;
  number: BusinessNumber | null;
  field: string;
};

export type WebhookItem = InboundMessage | MessageStatus | IdentityChange | OtherEvent;

/** What could not be read, and why. The other items of the payload are not harmed. */
export type ItemProblem = {
  path: string;
  messageId: string | null;
  phoneNumberId: string | null;
  /** One sentence. */
  message: string;
  /** Meta's, for an error that Meta reports in place of an item. */
  code: number | null;
};
