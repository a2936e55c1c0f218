import type { ServerResponse } from "node:http";
import { requestNotes } from "../request/request-notes.ts";
import { PAGE_RETRY_AFTER } from "./page-retry.ts";

const unavailable = requestNotes("unavailable-actions");

/** Remembers that an action could not be done, since the database is away or busy, until it is answered. */
export function noticeUnavailable(requestId: string): void {
  unavailable.notice(requestId);
}

/**
 * Sees to it that an action that the database kept from being done is answered 503 with Retry-After.
 * Next has no say for actions in the status, always 200. The body stays, with its words for the person:
 * the page reads it whatever the status.
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
