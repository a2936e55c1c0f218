import { toSimulatorNumber } from "#components/simulator/simulator-number.ts";
import { listNumbersById } from "#lib/numbers/list-numbers-by-id.ts";
import { definePageData } from "../../../page-route.ts";

/** The numbers that a payload names. Only their ids leave the browser, nothing else of the payload. */
export const GET = definePageData<`/simulator/numbers?${string}`>(
  async ({ actor, searchParams }) => {
    const numbers = await listNumbersById(actor, searchParams.getAll("id"));
    return numbers.map(toSimulatorNumber);
  },
);
