import { requestNotes } from "../request/request-notes.ts";

const unavailable = requestNotes("unavailable-pages");

/** Remembers that a page could not be made, since the database is away or busy, until it is answered. */
export function noticeUnavailablePage(requestId: string): void {
  unavailable.notice(requestId);
}

/** Whether this request's page could not be made for that; asked once, when its answer is written. */
export function takeUnavailablePage(requestId: string): boolean {
  return unavailable.take(requestId);
}
