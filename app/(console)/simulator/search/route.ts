import { toSimulatorNumber } from "#components/simulator/simulator-number.ts";
import { listNumbers } from "#lib/numbers/list-numbers.ts";
import { definePageData } from "../../../page-route.ts";

const MAX_SUGGESTIONS = 8;

/** The numbers that match what was typed into the picker. */
export const GET = definePageData<`/simulator/search?${string}`>(
  async ({ actor, searchParams }) => {
    const q = searchParams.get("q") ?? "";
    const { items } = await listNumbers(actor, { q, limit: MAX_SUGGESTIONS });
    return items.map(toSimulatorNumber);
  },
);
