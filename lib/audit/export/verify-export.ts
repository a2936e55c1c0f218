import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { type PublicKey, parsePublicKey } from "../../ed25519.ts";
import { readLines } from "../../read-lines.ts";
import { hashEvent, type SignedEvent, type SignedFields } from "../event.ts";
import { toKeyMap } from "../head/audit-keys.ts";
import { isSignedBy } from "../head/signed-head.ts";
import type { Erasure } from "../private/erasure.ts";
import { ErasureRequests } from "../private/erasure-requests.ts";
import { type SignedEntry, splitEntry } from "../private/signed-entry.ts";
import { isEntry, isRecord, isShallow } from "../verify/entry-form.ts";
import {
  startBefore,
  TrailCheck,
  type TrailFault,
  type TrailStart,
  toFormProblem,
} from "../verify/trail-check.ts";
import { isManifestSignedBy, type Manifest } from "./manifest.ts";
import { OpeningCheck } from "./opening-check.ts";

export type ExportReport =
  | {
      isWhole: true;
      manifest: Manifest;
      /** Whether it has a filter: then each entry and the signatures are checked, but not the chain. */
      isFiltered: boolean;
      /** SHA-256, hex, of the whole file. */
      fileDigest: string;
      /** The archives that its entries record. */
      tombstones: SignedFields[];
      /** The erasures that its entries, and those of the files before, record. */
      erasures: Erasure[];
      /** Where the next file has to start; null after a filtered or an empty file. */
      next: TrailStart | null;
    }
  | ({ isWhole: false } & TrailFault);

/**
 * Verifies a JSON Lines export by itself, without the console: each entry's hash, the chain, the
 * replay of the flags, the values of people, the manifest, and both signatures.
 *
 * @param chunks the bytes of the file
 * @param options.keys the trusted keys; if there are none, the key in the file is trusted
 * @param options.start the end of the file before, where this one has to start
 * @param options.erasures the erasures that the files before record
 * @param options.requests the erasure requests of the files before; those of this file are added
 */
export async function verifyExport(
  chunks: AsyncIterable<Uint8Array>,
  {
    keys,
    start = null,
    erasures = [],
    requests = new ErasureRequests(),
  }: {
    keys: ReadonlyMap<string, PublicKey>;
    start?: TrailStart | null;
    erasures?: readonly Erasure[];
    requests?: ErasureRequests;
  },
): Promise<ExportReport> {
  const check = new ExportCheck(start, new OpeningCheck(erasures, requests));
  let lineNumber = 0;
  for await (const line of readLines(chunks)) {
    lineNumber += 1;
    const problem = check.take(line, lineNumber);
    if (problem) return { isWhole: false, seq: check.seq, problem };
  }
  return check.finish(keys);
}

const LINE_FEED = 0x0a;

class ExportCheck {
  #chain: TrailCheck | null = null;
  #last: SignedEvent | null = null;
  #first: SignedEvent | null = null;
  #count = 0;
  /** The first gap in the chain; allowed in a filtered export only. */
  #gap: TrailFault | null = null;
  #manifest: Manifest | null = null;
  readonly #digest = createHash("sha256");
  readonly #fileDigest = createHash("sha256");
  readonly #tombstones: SignedFields[] = [];
  readonly #start: TrailStart | null;
  readonly #openings: OpeningCheck;

  constructor(start: TrailStart | null, openings: OpeningCheck) {
    this.#start = start;
    this.#openings = openings;
  }

  /** The `seq` of the entry that was checked last. */
  get seq(): number {
    return this.#last?.seq ?? 0;
  }

  /** Checks the next line, which includes its line feed; returns what is wrong with it, or null. */
  take(line: Buffer, lineNumber: number): string | null {
    if (this.#manifest) return `Line ${lineNumber} comes after the manifest, which is the last.`;
    if (line.at(-1) !== LINE_FEED) return `The file breaks off within line ${lineNumber}.`;
    const value = parseLine(line);
    if (!value) return `Line ${lineNumber} is not an entry: it is damaged.`;
    this.#fileDigest.update(line);
    if ("manifest" in value) {
      this.#manifest = value.manifest as Manifest;
      return null;
    }
    this.#digest.update(line);
    const { event, openings } = splitEntry(value as SignedEntry);
    return this.#takeEvent(event) ?? this.#openings.take(event, openings);
  }

  #takeEvent(event: SignedEvent): string | null {
    const before = this.#last;
    this.#last = event;
    this.#first ??= event;
    this.#count += 1;
    if (!isEntry(event)) return toFormProblem(event);
    this.#chain ??= new TrailCheck(this.#start ?? startBefore(event));
    if (event.action === "audit.archived" && event.after) this.#tombstones.push(event.after);
    if (this.#gap === null && (before === null || event.seq === before.seq + 1)) {
      return this.#chain.take(event);
    }
    if (before && event.seq <= before.seq) return `Entry ${event.seq} is out of order.`;
    if (hashEvent(event) !== event.hash) {
      return `Entry ${event.seq} was edited: its content does not give its hash.`;
    }
    if (before && event.seq === before.seq + 1 && event.prevHash !== before.hash) {
      return `Entry ${event.seq} does not continue entry ${before.seq}: one of them was replaced.`;
    }
    const missing = (before?.seq ?? 0) + 1;
    this.#gap ??= {
      seq: event.seq,
      problem: `Entry ${missing} is missing: after ${missing - 1} comes ${event.seq}.`,
    };
    return null;
  }

  finish(keys: ReadonlyMap<string, PublicKey>): ExportReport {
    const manifest = this.#manifest;
    const seq = this.seq;
    if (!manifest) return bad(seq, `The file breaks off after entry ${seq}: it has no manifest.`);
    const isFiltered = (manifest.filter ?? null) !== null;
    if (this.#gap && !isFiltered) return { isWhole: false, ...this.#gap };
    const range = { firstSeq: this.#first?.seq ?? 0, lastSeq: seq };
    const fault = this.#openings.finish(manifest, isFiltered ? null : range);
    if (fault) return { isWhole: false, ...fault };
    const problem =
      this.#findMismatch(manifest, isFiltered) ??
      (isFiltered || manifest.isArchive ? null : this.#findBeginProblem()) ??
      findSignatureProblem(manifest, keys) ??
      this.#findDigestProblem(manifest);
    if (problem) return bad(seq, problem);
    const fileDigest = this.#fileDigest.digest("hex");
    const tombstones = this.#tombstones;
    const next = isFiltered ? null : this.#toNext();
    const { erasures } = this.#openings;
    return { isWhole: true, manifest, isFiltered, fileDigest, tombstones, erasures, next };
  }

  /** The file has to begin with entry 1, or right after an archive that one of its entries records. */
  #findBeginProblem(): string | null {
    const first = this.#first;
    if (!first || first.seq === 1 || this.#start) return null;
    const isRecorded = this.#tombstones.some(
      ({ lastSeq, lastHash }) => lastSeq === first.seq - 1 && lastHash === first.prevHash,
    );
    if (isRecorded) return null;
    return `Entry ${first.seq - 1} is missing, and no entry tells that it left into an archive.`;
  }

  #toNext(): TrailStart | null {
    const chain = this.#chain;
    if (!chain) return this.#start;
    const areFlagsWhole = this.#start?.areFlagsWhole ?? this.#first?.seq === 1;
    return { end: chain.end, flags: chain.flags, areFlagsWhole };
  }

  #findMismatch({ count, firstSeq, lastSeq, head }: Manifest, isFiltered: boolean): string | null {
    const first = this.#first?.seq ?? null;
    const last = this.#last?.seq ?? null;
    if (count !== this.#count || firstSeq !== first || lastSeq !== last) {
      return `The manifest tells of ${count} entries from ${firstSeq} to ${lastSeq}, and the file has ${this.#count} from ${first} to ${last}.`;
    }
    if (!isFiltered && head.seq !== (last ?? 0)) {
      return `The signed head is of entry ${head.seq}, and the file ends with ${last ?? "none"}.`;
    }
    if (head.seq === last && head.hash !== this.#last?.hash) {
      return `Entry ${last} is not the one that was signed on ${head.signedAt}: the trail was rewritten, at this entry or before it.`;
    }
    return null;
  }

  #findDigestProblem({ digest }: Manifest): string | null {
    if (digest === this.#digest.digest("hex")) return null;
    return "The lines are not those that the manifest was signed for: some were edited, added or removed.";
  }
}

function findSignatureProblem(
  manifest: Manifest,
  keys: ReadonlyMap<string, PublicKey>,
): string | null {
  const own = parsePublicKey(String(manifest.publicKey));
  const trusted = keys.size > 0 ? keys : toKeyMap(own ? [own] : []);
  for (const keyId of [manifest.head.keyId, manifest.keyId]) {
    if (trusted.has(keyId)) continue;
    return `It is signed by the key ${keyId}, which is not among those trusted here.`;
  }
  const headKey = trusted.get(manifest.head.keyId);
  if (!headKey || !isSignedBy(headKey, manifest.head)) {
    return `The head of entry ${manifest.head.seq} is not signed by the key ${manifest.head.keyId}: it was edited.`;
  }
  const key = trusted.get(manifest.keyId);
  if (key && isManifestSignedBy(key, manifest)) return null;
  return `The manifest is not signed by the key ${manifest.keyId}: it was edited.`;
}

function parseLine(line: Buffer): object | null {
  if (!isUtf8(line)) return null;
  try {
    const value: unknown = JSON.parse(line.toString());
    if (!isRecord(value) || !isShallow(value)) return null;
    if ("manifest" in value) return isManifestLike(value.manifest) ? value : null;
    return "seq" in value && Number.isSafeInteger(value.seq) ? value : null;
  } catch {
    return null;
  }
}

function isManifestLike(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value.head)) return false;
  const { head, erasures = {}, keyId, digest, signature } = value;
  return (
    [keyId, digest, signature, head.keyId, head.hash, head.signature].every(isText) &&
    isRecord(erasures) &&
    Object.values(erasures).every((list) => Array.isArray(list) && list.every(isText))
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function bad(seq: number, problem: string): ExportReport {
  return { isWhole: false, seq, problem };
}
