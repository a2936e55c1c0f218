import { requestNotes } from "../request/request-notes.ts";

const unreadable = requestNotes("unreadable-requests");

/** Recognised by their messages, since Next, React and Node throw plain errors for them. */
const MESSAGES =
  /^(?:aborted$|The (?:operation|user) (?:was )?aborted|Premature close$|Connection closed\.$|Unexpected end of form$|Malformed part header$|Multipart: |Missing Content-Type$|Unsupported content type|Failed to parse body as FormData|Response\.formData|Request\.formData|Reply finished with incomplete file part|Body exceeded |Invalid Server Actions request|Failed to find Server Action|Server Action arguments list is too long|Invalid (?:reference|forward reference|data for bytes stream|Map initializer|Set initializer|Iterator initializer)|Already initialized |Cannot have cyclic thenables|Maximum array nesting exceeded|Expected a (?:multipart|boundary))/;

/** A stack line within Next, React or Node; the build puts part of Next into chunks of that name. */
const FRAMEWORK_LINE =
  /^\s*at (?:.*[/\\]node_modules[/\\]next[/\\]|.*[/\\]node_modules_next_dist_|.*\(node:|node:|.*<anonymous>\)?$|new Promise)/;

/**
 * Whether an error says that the request could not be read, which is the client's mistake.
 *
 * @param isAction whether the request posts an action: an error with none of our code on the stack then
 *   came from parsing the body, because our actions answer their own failures
 */
export function isUnreadable(error: unknown, { isAction = false } = {}): boolean {
  if (!(error instanceof Error)) return false;
  return MESSAGES.test(error.message) || (isAction && isWithinFramework(error));
}

function isWithinFramework({ stack = "" }: Error): boolean {
  const lines = stack.split("\n").filter((line) => /^\s*at /.test(line));
  return lines.length > 0 && lines.every((line) => FRAMEWORK_LINE.test(line));
}

/** Remembers until it is answered that this request could not be read. */
export function noticeUnreadable(requestId: string): void {
  unreadable.notice(requestId);
}

/** Whether this request was found to be unreadable. */
export function isNoticed(requestId: string): boolean {
  return unreadable.isNoticed(requestId);
}

/**
 * Whether this request could not be read. Clears the note, so it is asked once, when the answer is
 * written.
 */
export function takeUnreadable(requestId: string): boolean {
  return unreadable.take(requestId);
}
