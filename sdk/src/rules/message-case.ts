/** What a message was, by what its sender has: a phone, a BSUID, both or neither. */
export type MessageCase = "phone_less" | "phone_and_bsuid" | "legacy" | "unidentified";
