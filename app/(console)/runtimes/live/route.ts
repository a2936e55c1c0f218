import { getFormatter, getTranslations } from "next-intl/server";
import { toLiveText } from "#components/runtimes/live-text.ts";
import { readLiveState } from "#lib/runtimes/read-live-state.ts";
import { definePageData } from "../../../page-route.ts";

/** Where `?revision=` is live, in words. The toast after a flip polls this until it is live everywhere. */
export const GET = definePageData<`/runtimes/live?revision=${number}`>(
  async ({ actor, searchParams }) => {
    const revision = searchParams.get("revision") ?? "";
    const state = await readLiveState(actor, /^\d{1,15}$/.test(revision) ? Number(revision) : -1);
    const t = await getTranslations("live");
    const format = await getFormatter();
    return {
      isSettled: state.silent === state.total - state.live,
      text: state.total === 0 ? "" : toLiveText(state, { t, format, now: new Date() }),
    };
  },
);
