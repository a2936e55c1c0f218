import type { MessageCase } from "../rules/message-case.ts";
import type { CountColumn } from "./count-table.ts";

/** The column that counts a case; `accepted` only matters for phone-less ones. Null for an unknown case. */
export function toCountColumn(messageCase: MessageCase, accepted: boolean): CountColumn | null {
  switch (messageCase) {
    case "phone_less":
      return accepted ? "phoneLessAccepted" : "phoneLessDropped";
    case "phone_and_bsuid":
      return "phoneAndBsuid";
    case "legacy":
      return "legacy";
    case "unidentified":
    // The console counts all refused messages in one column.
    case "unreadable":
      return "unidentified";
    default:
      return null;
  }
}
