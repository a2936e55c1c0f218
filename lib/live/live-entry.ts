import type { TARGET_TYPES } from "../audit/event.ts";

/** What a change is of: a flag, a runtime, a person's notices, or what an entry of the trail is about. */
export type LiveKind = "flag" | "runtime" | "notice" | (typeof TARGET_TYPES)[number];

/** One thing that moved: ids and versions, no names and no content. */
export type LiveEntry = {
  kind: LiveKind;
  /** Null when no single thing moved. */
  id: string | null;
  /** The flags' revision that it made. */
  revision: number | null;
  /** Who did it. */
  actorId: string | null;
  /** The only person who hears of it; null for everybody. */
  onlyFor: string | null;
  /** The position in the trail, as `toPosition` writes it. */
  position: string;
  /** When this process heard of it, by its monotonic clock in milliseconds. */
  heardAt: number;
};

/** The position of an entry of the trail. The hash tells the trail of a restored database apart. */
export function toPosition({ seq, hash }: { seq: bigint | number; hash: string }): string {
  return `${seq}.${hash.slice(0, 8)}`;
}

/** The position before the first entry. */
export const FIRST_POSITION = toPosition({ seq: 0, hash: "0".repeat(8) });
