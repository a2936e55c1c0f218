import { AppError } from "../errors.ts";
import { type FlagFeed, flagFeed, TRAIL_SIGNAL } from "../flags/flag-feed.ts";
import { logger } from "../logger.ts";
import { processSlot } from "../process-slot.ts";
import { findActiveSessions } from "../sessions/find-active-sessions.ts";
import { LiveNews, type News } from "./live-news.ts";
import { SessionChecks } from "./session-checks.ts";
import { toEvent, toEvents } from "./to-events.ts";

/** How often the sessions of all streams are read again, in case an announcement was lost. */
const RECHECK_MS = 10_000;
/** Streams whose sessions could not be read again for this long are ended. */
const MAX_UNCHECKED_MS = 30_000;
/** A browser has one stream; another while it hands over. */
export const MAX_STREAMS_A_SESSION = 4;
/** `heartbeatMs`: a comment this often shows that the stream lives, and that the console hears of changes. */
const LIMITS = { maxStreams: 5_000, heartbeatMs: 15_000 };
/** After a flip each runtime says that it has it: they are told of together. */
const RUNTIMES_MS = 300;
/** A page may be older than its own clock says by the time that its request took. */
const AGE_MARGIN_MS = 1_000;

/** One open stream. */
export type LiveStream = { write: (text: string) => void; end: () => void };

/** Where a stream begins: after an event that the reader has, or with what happened since its page is `ageMs` old. */
export type LiveStart = { lastEventId: string | null; ageMs: number };

type Open = LiveStream & { sessionId: string; personId: string };

/** Tells the open pages of this process what moved. */
export class LiveHub {
  readonly feed: FlagFeed;
  readonly #maxStreams: number;
  readonly #streams = new Set<Open>();
  readonly #sessions = new SessionChecks();
  readonly #news: LiveNews;
  readonly #stopHearing: () => void;
  readonly #timers: NodeJS.Timeout[];
  #checkedAt = performance.now();
  #accessSignals = 0;
  #runtimeTimer: NodeJS.Timeout | undefined;

  constructor(feed: FlagFeed, { maxStreams, heartbeatMs } = LIMITS) {
    this.feed = feed;
    this.#maxStreams = maxStreams;
    this.#news = new LiveNews(feed, (news) => this.#tell(news));
    this.#stopHearing = feed.subscribeToSignals((signal) => this.#hear(signal));
    this.#timers = [
      setInterval(() => this.#beat(), heartbeatMs).unref(),
      setInterval(() => void this.#recheck(), RECHECK_MS).unref(),
    ];
  }

  get streamCount(): number {
    return this.#streams.size;
  }

  /**
   * Opens a stream for a session, until it ends or `close` is called. The oldest of too many of one session ends.
   *
   * @returns `close`
   * @throws AppError UNAUTHENTICATED when the session is not valid, UNAVAILABLE when there are too many streams
   */
  async open(sessionId: string, stream: LiveStream, start: LiveStart): Promise<() => void> {
    if (this.#streams.size >= this.#maxStreams) {
      throw new AppError("UNAVAILABLE", "Too many pages are live here. Try again shortly.");
    }
    const signals = this.#accessSignals;
    const session = await this.#sessions.find(sessionId);
    if (!session) throw new AppError("UNAUTHENTICATED", "The session has ended. Sign in again.");
    await this.#news.read();
    const opened = { ...stream, sessionId, personId: session.personId };
    this.#makeRoom(sessionId);
    this.#streams.add(opened);
    opened.write(this.#toBeginning(start, session.personId));
    // It may have ended between the reading and here.
    if (signals !== this.#accessSignals) void this.#recheck();
    return () => this.#streams.delete(opened);
  }

  /** Ends all streams, for good. */
  stop(): void {
    this.#endAll();
    this.#stopHearing();
    for (const timer of this.#timers) clearInterval(timer);
  }

  #endAll(): void {
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
  }

  #makeRoom(sessionId: string): void {
    const others = [...this.#streams].filter((stream) => stream.sessionId === sessionId);
    const over = Math.max(0, others.length + 1 - MAX_STREAMS_A_SESSION);
    for (const stream of others.slice(0, over)) {
      this.#streams.delete(stream);
      stream.end();
    }
  }

  #toBeginning({ lastEventId, ageMs }: LiveStart, personId: string): string {
    const { log } = this.#news;
    const { position } = log;
    const missed =
      lastEventId === null
        ? log.heardSince(performance.now() - ageMs - AGE_MARGIN_MS)
        : log.after(lastEventId);
    const rest = missed ? toEvents(missed, personId) : toEvent("reset", { position });
    return toEvent("open", { position }) + rest;
  }

  #hear(signal: string): void {
    if (signal === "access") {
      this.#accessSignals += 1;
      void this.#recheck();
    } else if (this.#streams.size === 0) {
      // The next stream catches up.
    } else if (signal === TRAIL_SIGNAL) {
      this.#news.read().catch(logFailure);
    } else if (signal === "runtime") {
      this.#runtimeTimer ??= setTimeout(() => this.#tellRuntimes(), RUNTIMES_MS).unref();
    } else {
      this.#news.add(signal);
    }
  }

  #tellRuntimes(): void {
    this.#runtimeTimer = undefined;
    this.#news.add("runtime");
  }

  #tell(news: News): void {
    const { position } = this.#news.log;
    if (news === null) {
      this.#write(() => toEvent("reset", { position }));
      return;
    }
    const people = new Set(news.flatMap(({ actorId, onlyFor }) => [actorId, onlyFor]));
    const others = toEvents(news, null);
    this.#write((personId) => (people.has(personId) ? toEvents(news, personId) : others));
  }

  #write(toText: (personId: string) => string): void {
    for (const stream of this.#streams) {
      const text = toText(stream.personId);
      if (text !== "") stream.write(text);
    }
  }

  /** Silent while the database is away: then nobody hears of changes. Reads again what could not be read. */
  #beat(): void {
    if (this.feed.ageSeconds !== null) return;
    this.#write(() => ":\n\n");
    this.#hear(TRAIL_SIGNAL);
  }

  async #recheck(): Promise<void> {
    const asked = [...this.#streams];
    if (asked.length === 0) {
      this.#checkedAt = performance.now();
      return;
    }
    try {
      const active = await findActiveSessions([...new Set(asked.map((open) => open.sessionId))]);
      this.#checkedAt = performance.now();
      const { position } = this.#news.log;
      for (const stream of asked) {
        if (active.has(stream.sessionId)) continue;
        stream.write(toEvent("ended", { position }));
        stream.end();
        this.#streams.delete(stream);
      }
    } catch (error) {
      logFailure(error);
      if (performance.now() - this.#checkedAt > MAX_UNCHECKED_MS) this.#endAll();
    }
  }
}

function logFailure(error: unknown): void {
  logger().warn({ cause: String(error) }, "What is live could not be read.");
}

const slot = processSlot<LiveHub>("live-hub");

/** The process's hub, on its present feed. */
export function liveHub(): LiveHub {
  const feed = flagFeed();
  if (slot.value?.feed !== feed) {
    slot.value?.stop();
    slot.value = new LiveHub(feed);
  }
  return slot.value as LiveHub;
}
