import type { FlagClientError } from "./flag-client-error.ts";
import type { FlagsStale } from "./flag-client-events.ts";
import type { Refusal } from "./refusals.ts";

/** What a client is doing at the moment. */
export type FlagClientStatus = {
  /** How the flags are received. */
  mode: "connecting" | "stream" | "long-poll" | "poll" | "closed";
  /** The cursor of the flags; null while there are none. */
  cursor: string | null;
  revision: number | null;
  appliedAt: Date | null;
  /** How many numbers are on. */
  accepting: number;
  /** Since when and why the flags are unconfirmed; null while they are fresh. */
  stale: FlagsStale | null;
  /** The requests that the console, or something in front of it, refuses at the moment. The client keeps asking. */
  refused: readonly Refusal[];
  lastError: FlagClientError | null;
};
