/**
 * The cursor of a poller: the revision, and the first 8 hex digits of the hash of that revision's
 * audit event, so that a database restored from a backup never answers a wrong 304.
 */
export function toCursor(at: { revision: number; revisionHash: string }): string {
  return `${at.revision}.${at.revisionHash.slice(0, 8)}`;
}
