import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { DeltaChange, FlagTimeline } from "./flag-timeline.ts";

/** All that a runtime needs: sparse, sorted, only the numbers that are on. */
export type FlagSnapshot = {
  kind: "snapshot";
  cursor: string;
  revision: number;
  /** What holds for every number that is not named, known or not. */
  default: false;
  accepts: string[];
};

/** What changed after `since`; one entry a number, its latest. */
export type FlagDelta = {
  kind: "delta";
  since: string;
  cursor: string;
  revision: number;
  changes: DeltaChange[];
};

type Encoding = "identity" | "gzip" | "br";

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** A body below this is sent in one packet anyway. */
const SMALLEST_COMPRESSED_BYTES = 1_000;
/** Bodies are made once and read often, but somebody waits for the first. */
const BROTLI_QUALITY = 5;

/** Many pollers have one of few cursors. What exceeds this is made again for who asks: anybody can name thousands. */
const MOST_KEPT_BYTES = 4_000_000;
/** A delta above this is not made where the snapshot is smaller, by the number of changes. */
const LARGE_DELTA_BYTES = 16_000;
const CHANGE_BYTES = 75;

const TAKES = { br: toTaking("br"), gzip: toTaking("gzip") };

/** Matches an Accept-Encoding that takes this one. */
function toTaking(name: string): RegExp {
  return new RegExp(`(?:^|[, ])${name}\\s*(?:,|$|;\\s*q=(?!0(?:\\.0+)?\\s*(?:,|$)))`);
}

/** The bodies for one cursor: each made at most once, however many ask at the same time. */
export class FlagBodies {
  readonly cursor: string;
  readonly etag: string;
  readonly #timeline: FlagTimeline;
  /** By cursor, the oldest first. */
  readonly #deltas = new Map<string, string>();
  #keptBytes = 0;
  readonly #compressed = new Map<Encoding, Promise<Buffer>>();
  #snapshot: Buffer | undefined;

  constructor(timeline: FlagTimeline) {
    this.#timeline = timeline;
    this.cursor = timeline.cursor;
    this.etag = `"${this.cursor}"`;
  }

  /** What the deltas that are kept take, about. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** The snapshot as JSON text. */
  get snapshot(): Buffer {
    this.#snapshot ??= Buffer.from(JSON.stringify(toSnapshot(this.#timeline)));
    return this.#snapshot;
  }

  /** The encoding in which the snapshot is sent to one who takes these. */
  chooseEncoding(acceptEncoding: string): Encoding {
    if (acceptEncoding === "" || this.snapshot.length < SMALLEST_COMPRESSED_BYTES)
      return "identity";
    if (TAKES.br.test(acceptEncoding)) return "br";
    return TAKES.gzip.test(acceptEncoding) ? "gzip" : "identity";
  }

  async snapshotIn(encoding: Encoding): Promise<Buffer> {
    if (encoding === "identity") return this.snapshot;
    const made = this.#compressed.get(encoding) ?? this.#compress(encoding);
    this.#compressed.set(encoding, made);
    return await made;
  }

  /** The delta as JSON text; null when only a snapshot will do, or is the smaller answer. */
  deltaSince(cursor: string): string | null {
    const kept = this.#deltas.get(cursor);
    if (kept !== undefined) return kept;
    const count = this.#timeline.countSince(cursor);
    if (count === null || this.#isLargerThanSnapshot(count * CHANGE_BYTES)) return null;
    const delta: FlagDelta = {
      kind: "delta",
      since: cursor,
      cursor: this.cursor,
      revision: this.#timeline.revision,
      changes: this.#timeline.changesSince(cursor) ?? [],
    };
    const json = JSON.stringify(delta);
    this.#keep(cursor, json);
    return json;
  }

  /** A snapshot of a large roster takes long to make: a small delta is not compared with it. */
  #isLargerThanSnapshot(deltaBytes: number): boolean {
    return deltaBytes > LARGE_DELTA_BYTES && deltaBytes > this.snapshot.length;
  }

  #keep(cursor: string, delta: string): void {
    this.#deltas.set(cursor, delta);
    this.#keptBytes += toKeptBytes(cursor, delta);
    for (const [oldest, old] of this.#deltas) {
      if (this.#keptBytes <= MOST_KEPT_BYTES) return;
      this.#deltas.delete(oldest);
      this.#keptBytes -= toKeptBytes(oldest, old);
    }
  }

  #compress(encoding: "gzip" | "br"): Promise<Buffer> {
    if (encoding === "gzip") return gzipped(this.snapshot);
    const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
    return brotli(this.snapshot, { params });
  }
}

/** With what a map needs for an entry. */
function toKeptBytes(cursor: string, delta: string): number {
  return 100 + cursor.length + delta.length;
}

function toSnapshot(timeline: FlagTimeline): FlagSnapshot {
  const { cursor, revision, accepts } = timeline;
  return { kind: "snapshot", cursor, revision, default: false, accepts: [...accepts] };
}

const bodies = new WeakMap<FlagTimeline, FlagBodies>();

/** The bodies for where a timeline is now; those of where it was are dropped. */
export function flagBodies(timeline: FlagTimeline): FlagBodies {
  const made = bodies.get(timeline);
  if (made?.cursor === timeline.cursor) return made;
  const fresh = new FlagBodies(timeline);
  bodies.set(timeline, fresh);
  return fresh;
}
