/**
 * What a message was, by what its sender has: a phone, a BSUID, both or neither. `unreadable`: that cannot
 * be told, or the message itself cannot be read.
 */
export type MessageCase =
  | "phone_less"
  | "phone_and_bsuid"
  | "legacy"
  | "unidentified"
  | "unreadable";
