import { requestNotes } from "../request/request-notes.ts";

const unavailable = requestNotes("unavailable-pages");

/** Remembers until it is answered that a page failed because the database is away or busy. */
export function noticeUnavailablePage(requestId: string): void {
  unavailable.notice(requestId);
}

/**
 * Whether this request's page failed because of the database. Clears the note, so it is asked once, when
 * the answer is written.
 */
export function takeUnavailablePage(requestId: string): boolean {
  return unavailable.take(requestId);
}
