/** More than wait for their answer at a time. */
const MOST = 1_000;

/** What is remembered of requests, by their ids, until their answers are written. */
export type RequestNotes = {
  notice: (requestId: string) => void;
  isNoticed: (requestId: string) => boolean;
  /** Whether it was noticed; from then on it is not. */
  take: (requestId: string) => boolean;
};

/** The notes of that name: one set for the process, since Next has its own copy of this module. */
export function requestNotes(name: string): RequestNotes {
  const slot = Symbol.for(`bsuid-console.${name}`);
  const globals = globalThis as unknown as Record<symbol, Set<string> | undefined>;
  globals[slot] ??= new Set();
  const noticed = globals[slot];
  return {
    notice: (requestId) => {
      // Of a client that left, the note may come after the end of its answer, and is never taken.
      const [oldest] = noticed;
      if (noticed.size >= MOST && oldest !== undefined) noticed.delete(oldest);
      noticed.add(requestId);
    },
    isNoticed: (requestId) => noticed.has(requestId),
    take: (requestId) => noticed.delete(requestId),
  };
}
