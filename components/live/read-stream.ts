import type { LiveChange } from "#lib/live/to-events.ts";

/** What the stream says; a heartbeat between events. */
export type StreamEvent =
  | { event: "open" | "reset" | "ended"; id: string }
  | { event: "change"; id: string; change: LiveChange }
  | { event: "beat" };

/**
 * Opens the live stream and reads it to its end.
 *
 * @param lastEventId the last event that this browser has; without one, what changed since the page's request
 * @throws when the console refuses it, or the connection breaks
 */
export async function readStream(
  { ticket, lastEventId, signal }: { ticket: string; lastEventId: string; signal: AbortSignal },
  hear: (event: StreamEvent) => void,
): Promise<void> {
  const answer = await fetch(`/live?age=${Math.ceil(performance.now())}`, {
    headers: {
      "x-live-ticket": ticket,
      ...(lastEventId === "" ? {} : { "last-event-id": lastEventId }),
    },
    cache: "no-store",
    signal,
  });
  if (!answer.ok || !answer.body) throw new Error(`The console answered ${answer.status}.`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = (text + read.value).split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) hear(toEvent(block));
  }
}

function toEvent(block: string): StreamEvent {
  const field = (name: string) =>
    block
      .split("\n")
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? "";
  const event = field("event");
  const id = field("id");
  if (event === "change") return { event, id, change: JSON.parse(field("data")) as LiveChange };
  return event === "open" || event === "reset" || event === "ended"
    ? { event, id }
    : { event: "beat" };
}
