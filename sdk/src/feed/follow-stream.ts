import { type FlagClientError, toFlagClientError } from "../flag-client-error.ts";
import type { Settings } from "../flag-client-options.ts";
import { isRefusal } from "../refusals.ts";
import { spread } from "./backoff.ts";
import type { Freshness } from "./freshness.ts";
import type { Intake } from "./intake.ts";
import { pause } from "./pause.ts";
import { pollFlags } from "./poll-flags.ts";
import { readEventStream } from "./read-event-stream.ts";

export type Following = {
  settings: Settings;
  intake: Intake;
  freshness: Freshness;
  signal: AbortSignal;
  /** Called when the stream gets through, at its first byte. */
  onSpeaking: () => void;
  /** Called when a check beside the stream was refused; the stream goes on. */
  onRefused: (failure: FlagClientError) => void;
};

/**
 * Reads one connection to the stream until it breaks (throws) or brings something doubtful (returns).
 *
 * Sends a conditional poll beside it now and then. That finds out what a stream cannot say, that the server
 * has lost its database; and it brings the flags as long as a buffering proxy holds the stream back.
 */
export async function followStream(following: Following): Promise<void> {
  const { settings, intake, freshness, signal } = following;
  const link = new AbortController();
  const unlink = () => link.abort(signal.reason);
  signal.addEventListener("abort", unlink);
  const heard = { bytes: false, age: 0 };
  const onHeard = (age: number | null) => {
    freshness.heard();
    if (age !== null) {
      heard.age = age;
      if (age > 0) freshness.confirmed(age, "stream");
    } else if (!heard.bytes) {
      heard.bytes = true;
      following.onSpeaking();
    }
  };
  const checks = checkBeside(following, link, heard);
  try {
    const how = { cursor: intake.cursor, signal: link.signal, onHeard };
    for await (const message of readEventStream(settings, how)) {
      intake.take(message, heard.age > 0 ? "behind" : "normal");
      if (intake.isInDoubt) return;
      freshness.confirmed(heard.age, "stream");
    }
  } catch (thrown) {
    // Without a doubt the stream broke; otherwise the check beside it found the doubt and ended the stream.
    if (!intake.isInDoubt) throw thrown;
  } finally {
    signal.removeEventListener("abort", unlink);
    link.abort();
    await checks;
  }
}

/** Polls beside the stream. Reports only refused checks: other failures break the stream as well. */
async function checkBeside(
  { settings, intake, freshness, onRefused }: Following,
  link: AbortController,
  heard: { bytes: boolean; age: number },
): Promise<void> {
  const { checkIntervalMs, pollIntervalMs } = settings.timing;
  while (!link.signal.aborted) {
    const isSettled = heard.bytes && freshness.stale === null;
    await pause(spread(isSettled ? checkIntervalMs : pollIntervalMs), link.signal);
    if (link.signal.aborted) return;
    try {
      const how = { cursor: intake.cursor, waitSeconds: 0, signal: link.signal };
      const { message, age } = await pollFlags(settings, how);
      heard.age = age;
      if (message) intake.take(message, age > 0 ? "behind" : "normal");
      if (intake.isInDoubt) link.abort();
      else freshness.confirmed(age, "poll");
    } catch (thrown) {
      const failure = toFlagClientError(thrown);
      if (failure.code === "OUT_OF_STEP") link.abort(failure);
      else if (isRefusal(failure)) onRefused(failure);
    }
  }
}
