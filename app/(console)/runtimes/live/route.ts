import { getFormatter, getTranslations } from "next-intl/server";
import type { LiveNote } from "#components/flags/use-live-note.ts";
import { toLiveText } from "#components/runtimes/live-text.ts";
import { readLiveState } from "#lib/runtimes/read-live-state.ts";
import { toFailedAnswer } from "../../../failed-answer.ts";
import { findActor } from "../../../session.ts";

/** Where `?revision=` is live, in words: the toast after a flip asks until it is. */
export async function GET(request: Request): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const actor = await findActor();
    if (!actor) return new Response(null, { status: 401, headers });
    const revision = new URL(request.url).searchParams.get("revision") ?? "";
    const state = await readLiveState(actor, /^\d{1,15}$/.test(revision) ? Number(revision) : -1);
    const t = await getTranslations("live");
    const format = await getFormatter();
    const note: LiveNote = {
      isSettled: state.silent === state.total - state.live,
      text: state.total === 0 ? "" : toLiveText(state, { t, format, now: new Date() }),
    };
    return Response.json(note, { headers });
  } catch (error) {
    return await toFailedAnswer(error);
  }
}
