import { asDigits, asId, asObject } from "./json-value.ts";
import { parsePhone } from "./parse-phone.ts";
import type { BusinessNumber } from "./webhook-item.ts";

/** The console's own limit; Meta's ids have 15 to 18 digits. */
const MAX_DIGITS = 32;

/**
 * The number that a change is about; null if its `metadata` does not name one. Meta writes `phone_number_id`
 * as a text; an exact JSON number is accepted, too, since refusing it would lose every message of the change.
 */
export function readNumber(
  metadata: unknown,
  { wabaId, phoneOf }: { wabaId: unknown; phoneOf: (phoneNumberId: string) => string | null },
): BusinessNumber | null {
  const { phone_number_id: id, display_phone_number: display } = asObject(metadata) ?? {};
  const phoneNumberId = asDigits(id, MAX_DIGITS);
  if (phoneNumberId === null) return null;
  return {
    phoneNumberId,
    displayPhoneNumber: parsePhone(display) ?? phoneOf(phoneNumberId),
    wabaId: asId(wabaId),
  };
}
