import type { CountColumn } from "./count-table.ts";

/** What a message was, by what its sender has: a phone, a BSUID, both or neither. */
export type MessageCase = "phone_less" | "phone_and_bsuid" | "legacy" | "unidentified";

/** Only for phone-less ones it matters whether they were accepted. Null for what is no case. */
export function toCountColumn(messageCase: MessageCase, accepted: boolean): CountColumn | null {
  switch (messageCase) {
    case "phone_less":
      return accepted ? "phoneLessAccepted" : "phoneLessDropped";
    case "phone_and_bsuid":
      return "phoneAndBsuid";
    case "legacy":
      return "legacy";
    case "unidentified":
      return "unidentified";
    default:
      return null;
  }
}
