import { getNumber } from "#lib/numbers/get-number.ts";
import { listNeighbours } from "#lib/numbers/list-neighbours.ts";
import { definePageData } from "../../../../page-route.ts";

/** The numbers that share BSUIDs with this one, for the flag dialog. */
export const GET = definePageData<`/numbers/${string}/neighbours`, { phoneNumberId: string }>(
  async ({ actor, params }) => {
    const number = await getNumber(actor, params.phoneNumberId);
    const neighbours = await listNeighbours(actor, number);
    return neighbours.map(({ phoneNumberId, label, acceptsBsuid }) => {
      return { phoneNumberId, label, acceptsBsuid };
    });
  },
  { INVALID_INPUT: 404 },
);
