import type { ServerResponse } from "node:http";
import { requestNotes } from "../request/request-notes.ts";
import { PAGE_RETRY_AFTER } from "./page-retry.ts";

const unavailable = requestNotes("unavailable-actions");

/** Remembers until it is answered that an action failed because the database is away or busy. */
export function noticeUnavailable(requestId: string): void {
  unavailable.notice(requestId);
}

/**
 * Answers an action that failed because of the database with 503 and Retry-After. Next gives actions no
 * say in the status, which is always 200. The body stays, with its text for the person: the page reads it
 * whatever the status.
 */
export function answerUnavailable(response: ServerResponse, requestId: string): void {
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
  const replace = (status: number, ...given: unknown[]) => {
    const isUnavailable = unavailable.take(requestId);
    if (status !== 200 || !isUnavailable) return writeHead(status, ...given);
    response.setHeader("retry-after", PAGE_RETRY_AFTER);
    return writeHead(503, ...given);
  };
  Object.assign(response, { writeHead: replace });
}
