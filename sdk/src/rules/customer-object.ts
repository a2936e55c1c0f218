import type { Flag } from "./decide-inbound.ts";
import type { BusinessNumber, Customer } from "./webhook-item.ts";

/** A party of a webhook in the shape from before BSUIDs. */
export type ConnectlyParty = { id: string; channelType: "whatsapp"; name: string | null };

/** A customer on a number that is on. All keys are always there; a missing value is `""`. */
export type ConnectlyBsuidCustomer = {
  /** The BSUID, else the phone. */
  id: string;
  userId: string;
  /** E.164 with `+`. */
  phoneNumber: string;
  channelType: "whatsapp";
  name: string | null;
};

export type ConnectlyCustomer = ConnectlyParty | ConnectlyBsuidCustomer;

/**
 * The customer in Connectly's webhooks: `sender` of a message, `recipient` of a delivery status.
 * On a number that is off the old shape has no field for a BSUID, so that the `id` of a customer without a
 * phone is `""`: a program that reads phones there must never get anything else.
 *
 * Source: Connectly's documents, "Business-scoped user IDs (BSUID)" and "Webhook Payload".
 */
export function toCustomerObject(customer: Customer, flag: Flag): ConnectlyCustomer {
  const { name } = customer;
  const phone = customer.phone ?? "";
  if (flag.acceptsBsuid !== true) return { id: phone, channelType: "whatsapp", name };
  const userId = customer.bsuid ?? "";
  return { id: userId || phone, userId, phoneNumber: phone, channelType: "whatsapp", name };
}

/** The business's own number: E.164, or Meta's bare id if the payload has no readable phone. */
export function toBusinessObject(number: BusinessNumber): ConnectlyParty {
  const id = number.displayPhoneNumber ?? number.phoneNumberId;
  return { id, channelType: "whatsapp", name: null };
}
