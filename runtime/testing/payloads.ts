import { randomInt, randomUUID } from "node:crypto";

/** A customer for one test. */
export type TestCustomer = { phone?: string; bsuid?: string; parent?: string; name?: string };

export function aPhoneLess(): TestCustomer & { bsuid: string } {
  return { bsuid: `US.${randomInt(1e14)}${randomInt(1e6)}`, name: "Ana P" };
}

export function aCustomer(): TestCustomer & { phone: string; bsuid: string } {
  return { ...aPhoneLess(), phone: `1555${String(randomInt(1e7)).padStart(7, "0")}` };
}

export function aWamid(): string {
  return `wamid.${randomUUID()}`;
}

/**
 * A wamid in Meta's form: the customer's phone or BSUID and the message's token, in Thrift's compact protocol
 * and base64. A message has one for each of its customer's ids.
 */
export function wamidOf(identity: string, token: string): string {
  const text = (value: string) =>
    Buffer.concat([Buffer.from([0x18, value.length]), Buffer.from(value)]);
  const customer = [Buffer.from([0x1c]), text(identity), Buffer.from([0x15, 0x02, 0x00])];
  const whole = Buffer.concat([...customer, Buffer.from([0x12]), text(token), Buffer.from([0x00])]);
  return `wamid.${whole.toString("base64")}`;
}

/** A message's token in the form of WhatsApp's apps. */
export function aToken(): string {
  return `3EB0${randomUUID().replaceAll("-", "").slice(0, 18).toUpperCase()}`;
}

/** One change of Meta's `messages` field: a text from one customer to one number. */
export function aMessage({
  to,
  from,
  id = aWamid(),
  text = "hi",
}: {
  to: string;
  from: TestCustomer;
  id?: string;
  text?: string;
}) {
  const ids = {
    ...(from.phone === undefined ? {} : { wa_id: from.phone }),
    ...(from.bsuid === undefined ? {} : { user_id: from.bsuid }),
  };
  const message = {
    ...(from.phone === undefined ? {} : { from: from.phone }),
    ...(from.bsuid === undefined ? {} : { from_user_id: from.bsuid }),
    ...(from.parent === undefined ? {} : { from_parent_user_id: from.parent }),
    id,
    timestamp: "1790000000",
    type: "text",
    text: { body: text },
  };
  const contacts = [{ profile: { name: from.name ?? "Ana P" }, ...ids }];
  return toChange(to, { contacts, messages: [message] });
}

/** One change with a status of a message to that customer. */
export function aStatus({
  of,
  to,
  id = aWamid(),
  status = "delivered",
}: {
  of: string;
  to: TestCustomer;
  id?: string;
  status?: string;
}) {
  const { phone, bsuid } = to;
  const statuses = [
    {
      id,
      status,
      timestamp: "1790000100",
      ...(phone === undefined ? {} : { recipient_id: phone }),
      ...(bsuid === undefined ? {} : { recipient_user_id: bsuid }),
    },
  ];
  return toChange(of, { statuses });
}

/** One change with a notice of changed ids, as a system message. */
export function aNotice({ to, system, from }: { to: string; system: object; from?: string }) {
  const type = "user_changed_user_id";
  const about = { id: aWamid(), timestamp: "1790000050", ...(from === undefined ? {} : { from }) };
  return toChange(to, { messages: [{ ...about, type: "system", system: { type, ...system } }] });
}

function toChange(phoneNumberId: string, content: object) {
  const metadata = { display_phone_number: "15550100199", phone_number_id: phoneNumberId };
  return { field: "messages", value: { messaging_product: "whatsapp", metadata, ...content } };
}

/** Meta's envelope around changes; one entry each. */
export function aPayload(...changes: object[]) {
  const entry = changes.map((change) => ({ id: "200000000000001", changes: [change] }));
  return { object: "whatsapp_business_account", entry };
}
