import { expect, test } from "vitest";
import { type ConnectlyCustomer, toCustomerObject } from "./customer-object.ts";
import { decideInbound, type InboundDecision } from "./decide-inbound.ts";
import type { MessageCase } from "./message-case.ts";
import type { Customer } from "./webhook-item.ts";

const PHONE = "+15550100123";
const BSUID = "US.40000000000000000002";
const UNNAMED: Customer = {
  phone: null,
  bsuid: null,
  parentBsuid: "US.ENT.5",
  name: null,
  username: "bo",
  doubt: null,
};
const OFF = { acceptsBsuid: false };
const ON = { acceptsBsuid: true };

type Row = {
  ids: Partial<Customer>;
  case: MessageCase;
  off: InboundDecision["action"];
  on: InboundDecision["action"];
};

const ROWS: Row[] = [
  { ids: { bsuid: BSUID }, case: "phone_less", off: "drop", on: "accept" },
  { ids: { phone: PHONE, bsuid: BSUID }, case: "phone_and_bsuid", off: "accept", on: "accept" },
  { ids: { phone: PHONE }, case: "legacy", off: "accept", on: "accept" },
  { ids: {}, case: "unidentified", off: "refuse", on: "refuse" },
];

test.each(ROWS)("$case: $off on a number that is off, $on on one that is on", (row) => {
  const customer = { ...UNNAMED, ...row.ids };
  const off = decideInbound(customer, OFF);
  const on = decideInbound(customer, ON);
  expect(off).toMatchObject({ case: row.case, action: row.off });
  expect(on).toMatchObject({ case: row.case, action: row.on });
  for (const { why } of [off, on]) expect(why).toMatch(/^[A-Z].*\.$/);
});

test.each(["false", "true", 1, {}, null, undefined])("a flag of %j is not on", (acceptsBsuid) => {
  const flag = { acceptsBsuid } as unknown as { acceptsBsuid: boolean };
  const customer = { ...UNNAMED, bsuid: BSUID };
  expect(decideInbound(customer, flag).action).toBe("drop");
  expect(toCustomerObject(customer, flag)).not.toHaveProperty("userId");
});

const channelType = "whatsapp";
const name = "Bo K";

test.each<[string, Partial<Customer>, ConnectlyCustomer, ConnectlyCustomer]>([
  [
    "phone-less",
    { bsuid: BSUID, name },
    { id: "", channelType, name },
    { id: BSUID, userId: BSUID, phoneNumber: "", channelType, name },
  ],
  [
    "phone and BSUID",
    { phone: PHONE, bsuid: BSUID, name },
    { id: PHONE, channelType, name },
    { id: BSUID, userId: BSUID, phoneNumber: PHONE, channelType, name },
  ],
  [
    "legacy",
    { phone: PHONE, name },
    { id: PHONE, channelType, name },
    { id: PHONE, userId: "", phoneNumber: PHONE, channelType, name },
  ],
  [
    "without a name",
    { phone: PHONE },
    { id: PHONE, channelType, name: null },
    { id: PHONE, userId: "", phoneNumber: PHONE, channelType, name: null },
  ],
  [
    "unidentified, with a parent BSUID",
    { name },
    { id: "", channelType, name },
    { id: "", userId: "", phoneNumber: "", channelType, name },
  ],
])("the customer object of one who is %s", (_, ids, off, on) => {
  const customer = { ...UNNAMED, ...ids };
  expect(toCustomerObject(customer, OFF)).toEqual(off);
  expect(toCustomerObject(customer, ON)).toEqual(on);
});
