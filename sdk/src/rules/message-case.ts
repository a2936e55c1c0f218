/**
 * The kind of a message by its sender's ids: a phone, a BSUID, both or neither. `unreadable`: that is not
 * certain, or the message itself cannot be read.
 */
export type MessageCase =
  | "phone_less"
  | "phone_and_bsuid"
  | "legacy"
  | "unidentified"
  | "unreadable";
