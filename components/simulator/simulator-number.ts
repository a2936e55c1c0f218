import type { NumberRecord } from "#lib/numbers/number-record.ts";

/** The fields of a number that the simulator shows. */
export type SimulatorNumber = Pick<
  NumberRecord,
  "phoneNumberId" | "displayPhoneNumber" | "label" | "acceptsBsuid" | "retiredAt"
> & { accountName: string };

export function toSimulatorNumber(number: NumberRecord): SimulatorNumber {
  return {
    phoneNumberId: number.phoneNumberId,
    displayPhoneNumber: number.displayPhoneNumber,
    label: number.label,
    acceptsBsuid: number.acceptsBsuid,
    retiredAt: number.retiredAt,
    accountName: number.account.name,
  };
}
