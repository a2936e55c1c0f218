import { requestNotes } from "../request/request-notes.ts";

const unreadable = requestNotes("unreadable-requests");

/** By their messages, since Next, React and Node throw plain errors for them. */
const MESSAGES =
  /^(?:aborted$|The (?:operation|user) (?:was )?aborted|Premature close$|Connection closed\.$|Unexpected end of form$|Malformed part header$|Multipart: |Missing Content-Type$|Unsupported content type|Failed to parse body as FormData|Response\.formData|Request\.formData|Reply finished with incomplete file part|Body exceeded |Invalid Server Actions request|Failed to find Server Action|Server Action arguments list is too long|Invalid (?:reference|forward reference|data for bytes stream|Map initializer|Set initializer|Iterator initializer)|Already initialized |Cannot have cyclic thenables|Maximum array nesting exceeded|Expected a (?:multipart|boundary))/;

/** A line of a stack within Next, React or Node; the build puts a part of Next into chunks of that name. */
const OF_FRAMEWORK =
  /^\s*at (?:.*[/\\]node_modules[/\\]next[/\\]|.*[/\\]node_modules_next_dist_|.*\(node:|node:|.*<anonymous>\)?$|new Promise)/;

/**
 * Whether an error says that the request could not be read, and so is its sender's mistake.
 *
 * @param isAction of a request that posts an action: what fails there with nothing of ours on the stack has
 *   failed at taking the body apart. Our actions answer their own failures.
 */
export function isUnreadable(error: unknown, { isAction = false } = {}): boolean {
  if (!(error instanceof Error)) return false;
  return MESSAGES.test(error.message) || (isAction && isWithinFramework(error));
}

function isWithinFramework({ stack = "" }: Error): boolean {
  const lines = stack.split("\n").filter((line) => /^\s*at /.test(line));
  return lines.length > 0 && lines.every((line) => OF_FRAMEWORK.test(line));
}

/** Remembers that this request could not be read, until its answer is written. */
export function noticeUnreadable(requestId: string): void {
  unreadable.notice(requestId);
}

/** Whether this request was noticed as one that cannot be read. */
export function isNoticed(requestId: string): boolean {
  return unreadable.isNoticed(requestId);
}

/** Whether this request could not be read; asked once, when its answer is written. */
export function takeUnreadable(requestId: string): boolean {
  return unreadable.take(requestId);
}
