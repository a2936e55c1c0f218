import type { BusinessNumber, IdentityChange } from "#sdk/rules.ts";

/** A notice of changed ids; fields that are not in `said` are null. */
export function aChange(number: BusinessNumber, said: Partial<IdentityChange>): IdentityChange {
  return {
    kind: "identity_change",
    path: "",
    number,
    source: "user_id_update",
    timestamp: "1790000300",
    messageId: null,
    previous: null,
    current: null,
    previousParent: null,
    currentParent: null,
    previousPhone: null,
    currentPhone: null,
    ...said,
  };
}
