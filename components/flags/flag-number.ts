import type { NumberRecord } from "#lib/numbers/number-record.ts";

/** The fields of a number that the dialog shows and needs to change it. */
export type FlagNumber = Pick<
  NumberRecord,
  | "phoneNumberId"
  | "displayPhoneNumber"
  | "label"
  | "acceptsBsuid"
  | "flagVersion"
  | "flagRevision"
  | "flagChangedAt"
  | "flagChangedBy"
  | "retiredAt"
> & { accountName: string };

export function toFlagNumber(number: NumberRecord): FlagNumber {
  return {
    phoneNumberId: number.phoneNumberId,
    displayPhoneNumber: number.displayPhoneNumber,
    label: number.label,
    accountName: number.account.name,
    acceptsBsuid: number.acceptsBsuid,
    flagVersion: number.flagVersion,
    flagRevision: number.flagRevision,
    flagChangedAt: number.flagChangedAt,
    flagChangedBy: number.flagChangedBy,
    retiredAt: number.retiredAt,
  };
}
