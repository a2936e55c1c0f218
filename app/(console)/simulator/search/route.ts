import { toSimulatorNumber } from "#components/simulator/simulator-number.ts";
import { listNumbers } from "#lib/numbers/list-numbers.ts";
import { definePageData } from "../../../page-route.ts";

const MOST_SUGGESTIONS = 8;

/** Numbers by what was typed to choose one. */
export const GET = definePageData<`/simulator/search?${string}`>(
  async ({ actor, searchParams }) => {
    const q = searchParams.get("q") ?? "";
    const { items } = await listNumbers(actor, { q, limit: MOST_SUGGESTIONS });
    return items.map(toSimulatorNumber);
  },
);
