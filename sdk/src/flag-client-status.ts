import type { FlagClientError } from "./flag-client-error.ts";
import type { FlagsStale } from "./flag-client-events.ts";
import type { Refusal } from "./refusals.ts";

/** What a client is doing, at one moment. */
export type FlagClientStatus = {
  /** How the flags come. */
  mode: "connecting" | "stream" | "long-poll" | "poll" | "closed";
  /** Where the flags stand; null as long as there are none. */
  cursor: string | null;
  revision: number | null;
  appliedAt: Date | null;
  /** How many numbers are on. */
  accepting: number;
  /** Since when and why nobody vouches for the flags; null while they are fresh. */
  stale: FlagsStale | null;
  /** What is refused at the moment, by the console or something in front of it. The client keeps asking. */
  refused: readonly Refusal[];
  lastError: FlagClientError | null;
};
