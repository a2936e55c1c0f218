import { type FlagNumber, toFlagNumber } from "#components/flags/flag-number.ts";
import { getNumber } from "#lib/numbers/get-number.ts";
import { definePageData } from "../../../../page-route.ts";

/** The number as it is now, for an open flag dialog. */
export const GET = definePageData<`/numbers/${string}/flag`, { phoneNumberId: string }>(
  async ({ actor, params }): Promise<FlagNumber> =>
    toFlagNumber(await getNumber(actor, params.phoneNumberId)),
  { INVALID_INPUT: 404 },
);
