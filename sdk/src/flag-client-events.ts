import { describe, FlagClientError } from "./flag-client-error.ts";
import type { Refusal } from "./refusals.ts";

/** One number's new value. `revision` is that of the change; for one found in a snapshot, the snapshot's. */
export type FlagChange = { phoneNumberId: string; acceptsBsuid: boolean; revision: number };

/** The flags moved on to `cursor`. `changes` is empty if no number's value changed. */
export type FlagsChanged = {
  changes: readonly FlagChange[];
  cursor: string;
  revision: number;
  /** Whether the console's database was restored: the revision may have gone back, and these flags are right now. */
  reset: boolean;
};

/** The first flags are there. Those from `disk` are the last known ones, until `fresh`. */
export type FlagsReady = { source: "server" | "disk"; cursor: string; revision: number };

/** The flags may be old: why, and since when they are unconfirmed. */
export type FlagsStale = { since: Date; reason: "disk" | "unreachable" | "server" };

/** The client's events, by name. */
export type FlagClientEvents = {
  ready: FlagsReady;
  change: FlagsChanged;
  stale: FlagsStale;
  /** The opposite of `stale`: the console confirms the flags again. */
  fresh: undefined;
  /** Something answers in the console's place, or the console refuses the token. The client keeps asking. */
  refused: Refusal;
  /** The opposite of `refused`: the console answers again. */
  recovered: Refusal;
  error: FlagClientError;
};

export type FlagClientListener<Name extends keyof FlagClientEvents> = (
  event: FlagClientEvents[Name],
) => unknown;

type Listeners = { [Name in keyof FlagClientEvents]: Set<FlagClientListener<Name>> };

/**
 * Calls listeners, and survives what they throw. An `error` without a listener does not throw; one that needs a
 * person is then written to standard error, so that it is not lost.
 */
export class Events {
  readonly #listeners: Listeners = {
    ready: new Set(),
    change: new Set(),
    stale: new Set(),
    fresh: new Set(),
    refused: new Set(),
    recovered: new Set(),
    error: new Set(),
  };

  on<Name extends keyof FlagClientEvents>(name: Name, listener: FlagClientListener<Name>): void {
    this.#listeners[name].add(listener);
  }

  off<Name extends keyof FlagClientEvents>(name: Name, listener: FlagClientListener<Name>): void {
    this.#listeners[name].delete(listener);
  }

  emit<Name extends keyof FlagClientEvents>(name: Name, event: FlagClientEvents[Name]): void {
    if (event instanceof FlagClientError && this.#listeners.error.size === 0) writeError(event);
    for (const listener of [...this.#listeners[name]]) {
      try {
        const result = listener(event);
        if (result instanceof Promise) result.catch((thrown) => this.#blame(name, thrown));
      } catch (thrown) {
        this.#blame(name, thrown);
      }
    }
  }

  #blame(name: keyof FlagClientEvents, thrown: unknown): void {
    // A listener of `error` that throws would get its own failure again and again.
    if (name === "error") return;
    const message = `A listener of "${name}" failed: ${describe(thrown)}`;
    this.emit("error", new FlagClientError("LISTENER", message, { cause: thrown }));
  }
}

function writeError({ level, code, message }: FlagClientError): void {
  if (level === "error") process.stderr.write(`@bsuid/sdk: ${code}: ${message}\n`);
}
