import type { MessageCase } from "../rules/message-case.ts";
import type { CountColumn } from "./count-table.ts";

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
    // The console counts all that was refused in one column.
    case "unreadable":
      return "unidentified";
    default:
      return null;
  }
}
