import { readWeek } from "#lib/numbers/read-week.ts";
import { definePageData } from "../../../../page-route.ts";

/** The number's phone-less traffic of the last week, for the flag dialog. */
export const GET = definePageData<`/numbers/${string}/week`, { phoneNumberId: string }>(
  ({ actor, params }) => readWeek(actor, params.phoneNumberId),
  { INVALID_INPUT: 404 },
);
