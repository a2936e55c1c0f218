import { FlagClientError, toFlagClientError } from "../flag-client-error.ts";
import type { Settings } from "../flag-client-options.ts";
import { type FlagMessage, parseFlagMessage } from "../flags/flag-message.ts";
import { askConsole, discardBody, readAge, toAnswerError } from "./console-request.ts";
import { EventStreamParser } from "./event-stream-parser.ts";
import { IdleTimer } from "./idle-timer.ts";

/** Statuses of servers and proxies without streams, as opposed to temporary failures. */
const NO_STREAMS = [400, 404, 405, 406, 415, 501];

/**
 * Yields the messages of one connection to the stream until it breaks (throws) or `signal` aborts. A `cursor` of
 * null asks for a snapshot. Calls `onHeard` with the answer's Age, and with null for every chunk.
 *
 * @throws FlagClientError STREAM_UNSUPPORTED, STREAM_SILENT (not one byte), CONNECTION and those of answers
 */
export async function* readEventStream(
  settings: Settings,
  how: { cursor: string | null; signal: AbortSignal; onHeard: (age: number | null) => void },
): AsyncGenerator<FlagMessage, never> {
  let hasSpoken = false;
  const idle = new IdleTimer(how.signal, settings.timing.streamSilenceMs, () =>
    hasSpoken
      ? new FlagClientError("CONNECTION", "The stream fell silent.")
      : new FlagClientError("STREAM_SILENT", "The stream says nothing: something holds it back."),
  );
  try {
    const response = await openStream(settings, how.cursor, idle.signal);
    how.onHeard(readAge(response));
    const parser = new EventStreamParser();
    for await (const chunk of response.body ?? []) {
      hasSpoken = true;
      idle.heard();
      how.onHeard(null);
      for (const { event, data } of parser.push(chunk))
        if (event === "snapshot" || event === "delta") yield parseFlagMessage(data);
    }
    throw new FlagClientError("CONNECTION", "The console ended the stream.");
  } catch (thrown) {
    throw toFlagClientError(idle.signal.aborted ? idle.signal.reason : thrown);
  } finally {
    idle.stop();
  }
}

async function openStream(
  settings: Settings,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: "text/event-stream",
    // A proxy that compresses collects data first, so that events would come late.
    "Accept-Encoding": "identity",
    "Cache-Control": "no-cache",
  };
  if (cursor !== null) headers["Last-Event-ID"] = cursor;
  const response = await askConsole(settings, "/api/v1/flags/stream", { signal, headers });
  const type = response.headers.get("content-type") ?? "";
  if (response.status === 200 && /^text\/event-stream\b/i.test(type)) return response;
  await discardBody(response);
  if (response.ok || NO_STREAMS.includes(response.status) || isRedirect(response))
    throw new FlagClientError("STREAM_UNSUPPORTED", "The console answers without a stream.", {
      status: response.status,
    });
  throw toAnswerError(response);
}

function isRedirect({ status }: Response): boolean {
  return status >= 300 && status < 400;
}
