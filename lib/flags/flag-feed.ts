import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { getConfig } from "../config.ts";
import { toConnectionOptions } from "../db/connection-options.ts";
import { logger } from "../logger.ts";
import { processSlot } from "../process-slot.ts";
import { catchUp, loadTimeline } from "./flag-reader.ts";
import type { FlagTimeline } from "./flag-timeline.ts";

/** In case a notification was lost. */
const RECONCILE_MS = 1_000;
/** A connection that says nothing for this long is taken for cut. */
const QUERY_TIMEOUT_MS = 3_000;
const CLOSE_TIMEOUT_MS = 500;
/** Over a cut network nothing tells of the loss; a comparison this late does. */
const LATE_SECONDS = 2;
const ASKING_MS = 1_000;
const SHORTEST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 2_000;

/**
 * Keeps this process's copy of the flags: loaded once, then moved by notifications, compared
 * with the database each second, and kept through the database's absence. Flags are only ever
 * served from here.
 */
export class FlagFeed {
  readonly #databaseUrl: string;
  readonly #listeners = new Set<() => void>();
  readonly #stopping = new AbortController();
  #timeline: FlagTimeline | null = null;
  #following: Promise<void> | undefined;
  #contactAt = performance.now();
  #isAway = true;
  #poked = Promise.withResolvers<void>();
  #refreshes: ((isRefreshed: boolean) => void)[] = [];

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  /** The flags as last known; null until the database was reached once. */
  get timeline(): FlagTimeline | null {
    return this.#timeline;
  }

  /** Whole seconds since the database was last in reach; null while it is. */
  get ageSeconds(): number | null {
    return this.#isAway ? Math.floor((performance.now() - this.#contactAt) / 1_000) : null;
  }

  /** Seconds since the flags were last compared with the database, which is to happen each second. */
  get secondsSinceContact(): number {
    return (performance.now() - this.#contactAt) / 1_000;
  }

  /** How many wait for the next move: held polls and streams. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** Begins to follow the database, and goes on until `stop`. */
  start(): void {
    this.#following ??= this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#poked.resolve();
    await this.#following;
  }

  /**
   * Brings the flags to what the database has after this call.
   *
   * @returns false when the database did not answer within `patienceMs`
   */
  async refresh(patienceMs: number): Promise<boolean> {
    const refreshed = new Promise<boolean>((resolve) => this.#refreshes.push(resolve));
    this.#poked.resolve();
    return await Promise.race([refreshed, this.#pause(patienceMs).then(() => false)]);
  }

  /** Whether the database answers: as the last comparison says or, when that is late, one more. */
  async isInReach(): Promise<boolean> {
    if (!this.#isAway && this.secondsSinceContact < LATE_SECONDS) return true;
    return await this.refresh(ASKING_MS);
  }

  /** Calls the listener after each move of the flags. Returns what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #follow(): Promise<void> {
    for (let failures = 0; !this.#stopping.signal.aborted; failures += 1) {
      const hadContactAt = this.#contactAt;
      await this.#followOnce().catch((error: unknown) => this.#noteLoss(error));
      if (this.#contactAt !== hadContactAt) failures = 0;
      const longest = Math.min(LONGEST_BACKOFF_MS, SHORTEST_BACKOFF_MS * 2 ** failures);
      await this.#pause(longest * (0.5 + Math.random() / 2));
    }
  }

  /** One connection's life. Ends by an error, or when stopped. */
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
    client.on("notification", () => this.#poked.resolve());
    try {
      await client.connect();
      await client.query("LISTEN flag_revision");
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
    this.#timeline = this.#timeline
      ? await catchUp(client, this.#timeline)
      : await loadTimeline(client);
    this.#contactAt = performance.now();
    this.#isAway = false;
    if (this.#timeline.cursor !== before) for (const listener of this.#listeners) listener();
    for (const resolve of this.#refreshes.splice(0, asked)) resolve(true);
  }

  #noteLoss(error: unknown): void {
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

/** The process's feed, following the database from the first call on. */
export function flagFeed(): FlagFeed {
  return slot.value ?? startFlagFeed(getConfig().directDatabaseUrl);
}

/** Brings the process's feed up to now, where there is one; see `refresh`. */
export async function refreshRunningFeed(patienceMs: number): Promise<void> {
  await slot.value?.refresh(patienceMs);
}

/** Begins the process's feed on this database. */
export function startFlagFeed(databaseUrl: string): FlagFeed {
  const feed = new FlagFeed(databaseUrl);
  slot.value = feed;
  feed.start();
  return feed;
}

/** Ends the process's feed; the next call of `flagFeed` begins a new one. */
export async function stopFlagFeed(): Promise<void> {
  const feed = slot.value;
  slot.value = undefined;
  await feed?.stop();
}
