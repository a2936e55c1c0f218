import { getNumber } from "#lib/numbers/get-number.ts";
import { listNeighbours } from "#lib/numbers/list-neighbours.ts";
import { listNumberHistory } from "#lib/numbers/list-number-history.ts";
import { readLosses } from "#lib/numbers/read-losses.ts";
import { readWeek } from "#lib/numbers/read-week.ts";
import { readLiveState } from "#lib/runtimes/read-live-state.ts";
import { definePageData } from "../../../../page-route.ts";
import { toPeek } from "./to-peek.ts";

const CHANGES = 3;

/** A number at a glance, for the panel beside the list. */
export const GET = definePageData<`/numbers/${string}/peek`, { phoneNumberId: string }>(
  async ({ actor, params: { phoneNumberId } }) => {
    const number = await getNumber(actor, phoneNumberId);
    const [neighbours, live, losses, week, history] = await Promise.all([
      listNeighbours(actor, number),
      readLiveState(actor, number.flagRevision),
      readLosses(actor, [phoneNumberId]),
      readWeek(actor, phoneNumberId),
      listNumberHistory(actor, phoneNumberId, { limit: CHANGES }),
    ]);
    const days = losses.get(phoneNumberId)?.days ?? [];
    return await toPeek({ number, neighbours, live, days, week, events: history.items });
  },
  { INVALID_INPUT: 404 },
);
