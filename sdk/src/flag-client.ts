import type { FlagClientEvents, FlagClientListener } from "./flag-client-events.ts";
import { type FlagClientOptions, readOptions } from "./flag-client-options.ts";
import type { FlagClientStatus } from "./flag-client-status.ts";
import { LiveFlagClient } from "./live-flag-client.ts";
import type { MessageCase } from "./rules/message-case.ts";

export {
  FlagClientError,
  type FlagClientErrorCode,
  type FlagClientErrorLevel,
} from "./flag-client-error.ts";
export type {
  FlagChange,
  FlagClientEvents,
  FlagClientListener,
  FlagsChanged,
  FlagsReady,
  FlagsStale,
} from "./flag-client-events.ts";
export type { FlagClientOptions, FlagClientTiming } from "./flag-client-options.ts";
export type { FlagClientStatus } from "./flag-client-status.ts";
export type { Refusal } from "./refusals.ts";
export type { CountRow } from "./reports/count-table.ts";
export type { Report } from "./reports/report.ts";
export type { ReportJournal } from "./reports/report-journal.ts";
export type { MessageCase } from "./rules/message-case.ts";

/** The flags of all numbers, kept up to date in this process. */
export type FlagClient = {
  /**
   * Whether a phone-less customer's message to this number is accepted. Answers from memory: never throws,
   * never waits, and is false for a number that the console does not name or before there are flags.
   */
  acceptsBsuid(phoneNumberId: string): boolean;
  /**
   * Counts a message for the console's statistics: by number and hour, never by customer. `accepted` is the
   * decision about a phone-less one; by default, what it would be now. `at` is the time of a message that an
   * earlier process decided.
   */
  count(
    phoneNumberId: string,
    messageCase: MessageCase,
    how?: { accepted?: boolean; at?: Date },
  ): void;
  /**
   * Resolves once there are flags, from the console or from the state file.
   * @throws FlagClientError NOT_READY after `timeoutMs`, with the last error as its cause; CLOSED
   */
  ready(options?: { timeoutMs?: number }): Promise<void>;
  status(): FlagClientStatus;
  /** Calls `listener` from now on. What it throws becomes an `error` event, and affects nothing else. */
  on<Name extends keyof FlagClientEvents>(name: Name, listener: FlagClientListener<Name>): void;
  off<Name extends keyof FlagClientEvents>(name: Name, listener: FlagClientListener<Name>): void;
  /** Sends the counts, writes the state file, and ends all connections and timers. Lookups still answer. */
  close(): Promise<void>;
};

/**
 * Starts following the console's flags. With a `stateFile` of an earlier run, lookups answer from it at
 * once; listeners attached in the same turn miss no event.
 *
 * @throws TypeError for options that can never work
 */
export function createFlagClient(options: FlagClientOptions): FlagClient {
  return new LiveFlagClient(readOptions(options));
}
