import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { DeltaChange, FlagTimeline } from "./flag-timeline.ts";

/** All flags: the sorted numbers that are on; every other number is off. */
export type FlagSnapshot = {
  kind: "snapshot";
  cursor: string;
  revision: number;
  /** The flag of every number that is not listed, known or not. */
  default: false;
  accepts: string[];
};

/** The changes after `since`; only the latest of each number. */
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

/** A smaller body fits into one packet anyway. */
const SMALLEST_COMPRESSED_BYTES = 1_000;
/** Of 11. Bodies are compressed once and sent often, but the first client has to wait for it. */
const BROTLI_QUALITY = 5;

/** Bounds the cached deltas. Most pollers share a few cursors, but anybody can ask for thousands. */
const MAX_KEPT_BYTES = 4_000_000;
/** A delta larger than this is not made if the snapshot is smaller; estimated from the number of changes. */
const LARGE_DELTA_BYTES = 16_000;
const CHANGE_BYTES = 75;

const TAKES = { br: toTaking("br"), gzip: toTaking("gzip") };

/** Matches an Accept-Encoding header that accepts this encoding. */
function toTaking(name: string): RegExp {
  return new RegExp(`(?:^|[, ])${name}\\s*(?:,|$|;\\s*q=(?!0(?:\\.0+)?\\s*(?:,|$)))`);
}

/** The response bodies for one cursor, each of which is made at most once, even for concurrent requests. */
export class FlagBodies {
  readonly cursor: string;
  readonly etag: string;
  readonly #timeline: FlagTimeline;
  /** Cached deltas by the client's cursor, oldest first. */
  readonly #deltas = new Map<string, string>();
  #keptBytes = 0;
  readonly #compressed = new Map<Encoding, Promise<Buffer>>();
  #snapshot: Buffer | undefined;

  constructor(timeline: FlagTimeline) {
    this.#timeline = timeline;
    this.cursor = timeline.cursor;
    this.etag = `"${this.cursor}"`;
  }

  /** About how many bytes the cached deltas take. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** The snapshot as JSON text. */
  get snapshot(): Buffer {
    this.#snapshot ??= Buffer.from(JSON.stringify(toSnapshot(this.#timeline)));
    return this.#snapshot;
  }

  /** The encoding for a client with this Accept-Encoding header. */
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

  /** The delta as JSON text; null when there is none for this cursor, or the snapshot is smaller. */
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

  /** A small delta is not compared with the snapshot, which takes long to make for a large roster. */
  #isLargerThanSnapshot(deltaBytes: number): boolean {
    return deltaBytes > LARGE_DELTA_BYTES && deltaBytes > this.snapshot.length;
  }

  #keep(cursor: string, delta: string): void {
    this.#deltas.set(cursor, delta);
    this.#keptBytes += toKeptBytes(cursor, delta);
    for (const [oldest, old] of this.#deltas) {
      if (this.#keptBytes <= MAX_KEPT_BYTES) return;
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

/** About how many bytes a cached delta takes, with its entry in the map. */
function toKeptBytes(cursor: string, delta: string): number {
  return 100 + cursor.length + delta.length;
}

function toSnapshot(timeline: FlagTimeline): FlagSnapshot {
  const { cursor, revision, accepts } = timeline;
  return { kind: "snapshot", cursor, revision, default: false, accepts: [...accepts] };
}

const bodies = new WeakMap<FlagTimeline, FlagBodies>();

/** The bodies for a timeline's present cursor; drops those of earlier ones. */
export function flagBodies(timeline: FlagTimeline): FlagBodies {
  const made = bodies.get(timeline);
  if (made?.cursor === timeline.cursor) return made;
  const fresh = new FlagBodies(timeline);
  bodies.set(timeline, fresh);
  return fresh;
}
