import type { Flag } from "./decide-inbound.ts";
import type { BusinessNumber, Customer } from "./webhook-item.ts";

/** A party of a webhook in the shape that all numbers had before BSUIDs. */
export type ConnectlyParty = { id: string; channelType: "whatsapp"; name: string | null };

/** A customer on a number that is on: all keys are always there, an empty one is `""`. */
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
 * On a number that is off the old shape has no place for a BSUID, so that the `id` of a customer
 * without a phone is `""`: what reads phones there must never be given something else.
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

/** The business's own number: E.164, or Meta's bare id where the payload has no readable phone. */
export function toBusinessObject(number: BusinessNumber): ConnectlyParty {
  const id = number.displayPhoneNumber ?? number.phoneNumberId;
  return { id, channelType: "whatsapp", name: null };
}
