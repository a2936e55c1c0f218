import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { getConfig } from "../config.ts";
import { toConnectionOptions } from "../db/connection-options.ts";
import { logger } from "../logger.ts";
import { processSlot } from "../process-slot.ts";
import { catchUp, loadTimeline } from "./flag-reader.ts";
import type { FlagTimeline } from "./flag-timeline.ts";

const FLAGS_CHANNEL = "flag_revision";
/** The trail has new entries. */
export const TRAIL_SIGNAL = "trail";
/** How often the flags are compared with the database, in case a notification was lost. */
const RECONCILE_MS = 1_000;
/** A connection that does not answer for this long counts as lost. */
const QUERY_TIMEOUT_MS = 3_000;
const CLOSE_TIMEOUT_MS = 500;
/** A comparison this late may mean a cut network, which no error reports. */
const LATE_SECONDS = 2;
const RETRY_TIMEOUT_MS = 1_000;
const MIN_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 2_000;

/**
 * Keeps this process's copy of the flags, the only one that flags are served from. It is loaded once,
 * updated on notifications, compared with the database each second, and stays usable while the
 * database is unavailable.
 */
export class FlagFeed {
  readonly #databaseUrl: string;
  readonly #listeners = new Set<() => void>();
  readonly #signalListeners = new Set<(signal: string) => void>();
  readonly #stopping = new AbortController();
  #timeline: FlagTimeline | null = null;
  #seq = 0;
  #following: Promise<void> | undefined;
  #contactAt = performance.now();
  #isAway = true;
  #poked = Promise.withResolvers<void>();
  #refreshes: ((isRefreshed: boolean) => void)[] = [];

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  /** The flags as last read; null until the database was reached once. */
  get timeline(): FlagTimeline | null {
    return this.#timeline;
  }

  /** The sequence number of the trail's last entry, as last read. */
  get seq(): number {
    return this.#seq;
  }

  /** Whole seconds since the database was last reached; null while it is available. */
  get ageSeconds(): number | null {
    return this.#isAway ? Math.floor((performance.now() - this.#contactAt) / 1_000) : null;
  }

  /** Seconds since the flags were last compared with the database; about one at most while all is well. */
  get secondsSinceContact(): number {
    return (performance.now() - this.#contactAt) / 1_000;
  }

  /** How many polls and streams wait for the next change. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** Starts following the database, until `stop`. */
  start(): void {
    this.#following ??= this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#poked.resolve();
    await this.#following;
  }

  /**
   * Updates the flags to the database's state at this call, or a later one.
   *
   * @returns false when the database did not answer within `timeoutMs`
   */
  async refresh(timeoutMs: number): Promise<boolean> {
    const refreshed = new Promise<boolean>((resolve) => this.#refreshes.push(resolve));
    this.#poked.resolve();
    return await Promise.race([refreshed, this.#pause(timeoutMs).then(() => false)]);
  }

  /** Whether the database is available, by the last comparison or, if that is too old, a new one. */
  async isInReach(): Promise<boolean> {
    if (!this.#isAway && this.secondsSinceContact < LATE_SECONDS) return true;
    return await this.refresh(RETRY_TIMEOUT_MS);
  }

  /** Calls the listener after each change of the flags. Returns the function that unsubscribes it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Calls the listener with what the database announces on the channel `live`, and with `trail` once `seq` has
   * moved. Returns the function that unsubscribes it.
   */
  subscribeToSignals(listener: (signal: string) => void): () => void {
    this.#signalListeners.add(listener);
    return () => this.#signalListeners.delete(listener);
  }

  async #follow(): Promise<void> {
    for (let failures = 0; !this.#stopping.signal.aborted; failures += 1) {
      const hadContactAt = this.#contactAt;
      await this.#followOnce().catch((error: unknown) => this.#recordLoss(error));
      if (this.#contactAt !== hadContactAt) failures = 0;
      const longest = Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** failures);
      await this.#pause(longest * (0.5 + Math.random() / 2));
    }
  }

  /** Follows the database over one connection, until an error or `stop`. */
  async #followOnce(): Promise<void> {
    const client = new pg.Client({
      ...toConnectionOptions(this.#databaseUrl),
      pipeline: true,
      query_timeout: QUERY_TIMEOUT_MS,
    });
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => {});
    client.on("error", lost.reject);
    client.on("end", () => lost.reject(new Error("The connection ended.")));
    client.on("notification", ({ payload = "", channel }) => {
      // The trail's entries are read first: #reconcile says so.
      if (channel === FLAGS_CHANNEL || payload === TRAIL_SIGNAL) this.#poked.resolve();
      else this.#signal(payload);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${FLAGS_CHANNEL}; LISTEN live`);
      while (!this.#stopping.signal.aborted) {
        this.#poked = Promise.withResolvers();
        await this.#reconcile(client);
        await Promise.race([this.#poked.promise, this.#pause(RECONCILE_MS), lost.promise]);
      }
    } finally {
      // Over a cut network the server never confirms the close.
      await Promise.race([client.end().catch(() => {}), this.#pause(CLOSE_TIMEOUT_MS)]);
    }
  }

  async #reconcile(client: pg.Client): Promise<void> {
    const before = this.#timeline?.cursor;
    const asked = this.#refreshes.length;
    const { timeline, seq } = this.#timeline
      ? await catchUp(client, this.#timeline)
      : await loadTimeline(client);
    const isSeqNew = seq !== this.#seq;
    this.#timeline = timeline;
    this.#seq = seq;
    this.#contactAt = performance.now();
    this.#isAway = false;
    if (this.#timeline.cursor !== before) for (const listener of this.#listeners) listener();
    if (isSeqNew) this.#signal(TRAIL_SIGNAL);
    for (const resolve of this.#refreshes.splice(0, asked)) resolve(true);
  }

  #signal(signal: string): void {
    for (const listener of this.#signalListeners) listener(signal);
  }

  #recordLoss(error: unknown): void {
    if (!this.#isAway) logger().warn({ cause: String(error) }, "The flag feed lost the database.");
    this.#isAway = true;
    for (const resolve of this.#refreshes.splice(0)) resolve(false);
  }

  async #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#stopping;
    await sleep(milliseconds, undefined, { signal }).catch(() => {});
  }
}

const slot = processSlot<FlagFeed>("flag-feed");

/** The process's feed; the first call starts it. */
export function flagFeed(): FlagFeed {
  return slot.value ?? startFlagFeed(getConfig().directDatabaseUrl);
}

/** How long an answer waits for the feed. */
const REFRESH_TIMEOUT_MS = 500;

/**
 * Refreshes the process's feed, if it is running, so that a read right after the answer to a change sees that;
 * see `refresh`.
 */
export async function refreshRunningFeed(): Promise<void> {
  await slot.value?.refresh(REFRESH_TIMEOUT_MS);
}

/** Starts the process's feed on this database. */
export function startFlagFeed(databaseUrl: string): FlagFeed {
  const feed = new FlagFeed(databaseUrl);
  slot.value = feed;
  feed.start();
  return feed;
}

/** Stops the process's feed; the next call of `flagFeed` starts a new one. */
export async function stopFlagFeed(): Promise<void> {
  const feed = slot.value;
  slot.value = undefined;
  await feed?.stop();
}
