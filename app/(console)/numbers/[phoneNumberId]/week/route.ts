import { readWeek } from "#lib/numbers/read-week.ts";
import { definePageData } from "../../../../page-route.ts";

/** What the dialog says about the number's phone-less customers. */
export const GET = definePageData<`/numbers/${string}/week`, { phoneNumberId: string }>(
  ({ actor, params }) => readWeek(actor, params.phoneNumberId),
  { INVALID_INPUT: 404 },
);
