import type { LiveChange } from "#lib/live/to-events.ts";
import { toDelay } from "./concerns.ts";
import { followLive } from "./follow-live.ts";
import { isShown, markRows } from "./fresh-marks.ts";
import type { LiveEvent } from "./lead-live.ts";
import { liveListeners } from "./live-listeners.ts";

/** A page reads itself again at most this often. */
const REFRESH_EVERY_MS = 1_000;
/** A stream that comes back so soon was not worth a word. */
const PATIENCE_MS = 3_000;
/** After a restart of the console all pages come back: they take turns. */
const SPREAD_MS = 2_000;

/** What a page does with what it hears. */
type LivePage = {
  personId: string;
  signal: AbortSignal;
  setLive: (isLive: boolean) => void;
  refresh: () => void;
};

/** Keeps a page live until the signal. */
export function startLive({ personId, signal, setLive, refresh }: LivePage): void {
  if (signal.aborted || !("locks" in navigator)) return;
  const tell = (change: LiveChange | null) => {
    for (const listener of liveListeners) listener(change);
  };
  const refreshSoon = throttle(refresh, signal);
  let patience: ReturnType<typeof setTimeout> | undefined;
  const change = (what: LiveChange) => {
    tell(what);
    const delayMs = toDelay(location.pathname, what, isShown);
    if (delayMs === null || document.visibilityState === "hidden") return;
    refreshSoon(delayMs);
    if (!what.own) markRows(what.ids);
  };
  const hear = (event: LiveEvent) => {
    if (event.event === "down") {
      patience ??= setTimeout(() => setLive(false), PATIENCE_MS);
      return;
    }
    if (event.event === "check" || event.event === "ended") {
      refresh();
      return;
    }
    clearTimeout(patience);
    patience = undefined;
    setLive(true);
    if (event.event === "change") change(event.change);
    if (event.event === "reset") {
      tell(null);
      refreshSoon(Math.random() * SPREAD_MS);
    }
  };
  signal.addEventListener("abort", () => clearTimeout(patience));
  followLive({ personId, signal, hear });
}

/** Calls `work` after the delay, earlier when asked for earlier, and never twice within a second. */
function throttle(work: () => void, signal: AbortSignal): (delayMs: number) => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  let dueAt = Number.POSITIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    lastAt = performance.now();
    dueAt = Number.POSITIVE_INFINITY;
    work();
  };
  signal.addEventListener("abort", () => clearTimeout(timer));
  return (delayMs) => {
    const at = Math.max(performance.now() + delayMs, lastAt + REFRESH_EVERY_MS);
    if (at >= dueAt) return;
    dueAt = at;
    clearTimeout(timer);
    timer = setTimeout(run, at - performance.now());
  };
}
