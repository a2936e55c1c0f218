import { describe, FlagClientError } from "./flag-client-error.ts";
import type { Refusal } from "./refusals.ts";

/** One number's new value. `revision`: of the change; for one seen in a snapshot, the snapshot's. */
export type FlagChange = { phoneNumberId: string; acceptsBsuid: boolean; revision: number };

/** The flags moved on to `cursor`. `changes` is empty when the move concerned no number held here. */
export type FlagsChanged = {
  changes: readonly FlagChange[];
  cursor: string;
  revision: number;
  /** The console's database was restored: the revision may have gone back, and this is the truth now. */
  reset: boolean;
};

/** Flags are there for the first time. From `disk` they are the last known, until `fresh`. */
export type FlagsReady = { source: "server" | "disk"; cursor: string; revision: number };

/** The flags may be old: why, and since when nothing vouches for them. */
export type FlagsStale = { since: Date; reason: "disk" | "unreachable" | "server" };

/** The client's events, by name. */
export type FlagClientEvents = {
  ready: FlagsReady;
  change: FlagsChanged;
  stale: FlagsStale;
  /** The opposite of `stale`: the console vouches for the flags again. */
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
 * Calls listeners, and outlives what they throw. An `error` without a listener is no exception; one that
 * needs a person is written to the console then, so that it is not silent.
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
    // A listener of `error` that throws would be told of its own failure without end.
    if (name === "error") return;
    const message = `A listener of "${name}" failed: ${describe(thrown)}`;
    this.emit("error", new FlagClientError("LISTENER", message, { cause: thrown }));
  }
}

function writeError({ level, code, message }: FlagClientError): void {
  if (level === "error") process.stderr.write(`@bsuid/sdk: ${code}: ${message}\n`);
}
