import { BUILD } from "../shell/ask-pulse.ts";
import { type LiveEvent, leadLive, SILENCE_MS } from "./lead-live.ts";

/** How many events a tab that has just been opened can be told. */
const MAX_RECENT = 100;

type Message =
  | { event: LiveEvent; to?: string }
  /** A tab that was opened then wants to know what happened since. */
  | { joined: string; since: number };

/**
 * Follows the live stream in this tab. Of all tabs of a browser one has the stream, elected by a lock, and
 * tells the others: browsers have six connections for an origin, and wait silently when all are taken.
 */
export function followLive({
  personId,
  signal,
  hear,
}: {
  personId: string;
  signal: AbortSignal;
  hear: (event: LiveEvent) => void;
}): void {
  // Tabs of another person or another build have nothing to tell each other.
  const name = `live ${personId} ${BUILD}`;
  const self = crypto.randomUUID();
  const channel = new BroadcastChannel(name);
  const recent: { at: number; event: LiveEvent }[] = [];
  let lastEventId = "";
  let isLeading = false;

  const take = (event: LiveEvent) => {
    if ("id" in event) lastEventId = event.id;
    if (event.event === "change" || event.event === "reset") {
      recent.push({ at: Date.now(), event });
      if (recent.length > MAX_RECENT) recent.shift();
    }
    isDown = event.event === "down";
    watch();
    hear(event);
  };
  const tell = (event: LiveEvent) => {
    channel.postMessage({ event } satisfies Message);
    take(event);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ("joined" in data) {
      if (!isLeading) return;
      const answer = (event: LiveEvent) => channel.postMessage({ event, to: data.joined });
      answer({ event: isDown ? "down" : "beat" });
      for (const { at, event } of recent) if (at >= data.since) answer(event);
    } else if (data.to === undefined || data.to === self) take(data.event);
  };

  let isDown = true;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let waiting = new AbortController();
  let mustSteal = false;
  let canLead = true;
  // A browser may suspend the tab that has the stream: then another takes it over.
  const watch = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      if (isLeading) return;
      mustSteal = document.visibilityState === "visible";
      waiting.abort();
      take({ event: "down" });
    }, SILENCE_MS);
  };
  const lead = async () => {
    while (canLead && !signal.aborted) {
      waiting = new AbortController();
      const leading = new AbortController();
      const options = mustSteal
        ? { steal: true }
        : { signal: AbortSignal.any([signal, waiting.signal]) };
      mustSteal = false;
      await navigator.locks
        .request(name, options, async () => {
          isLeading = true;
          const until = AbortSignal.any([signal, leading.signal]);
          await leadLive({ personId, signal: until, readLastEventId: () => lastEventId, tell });
        })
        .catch((error: unknown) => {
          // Such a browser, or a page that is going away: it looks every 15 s.
          canLead = error instanceof DOMException && error.name === "AbortError";
        });
      // Another tab may have taken the lock while this one still works.
      leading.abort();
      isLeading = false;
    }
  };
  signal.addEventListener("abort", () => {
    clearTimeout(silence);
    channel.close();
  });
  watch();
  channel.postMessage({ joined: self, since: performance.timeOrigin } satisfies Message);
  void lead();
}
