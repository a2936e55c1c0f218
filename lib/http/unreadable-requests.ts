const slot = Symbol.for("bsuid-console.unreadable-requests");
const globals = globalThis as unknown as Record<symbol, Set<string> | undefined>;
globals[slot] ??= new Set();
/** One for the process: Next, which notices, has its own copy of this module. */
const noticed = globals[slot];

/** So many wait for their answer at most. */
const MOST = 1_000;

/** By their messages, since Next, React and Node throw plain errors for them. */
const MESSAGES =
  /^(?:aborted$|The (?:operation|user) (?:was )?aborted|Premature close$|Connection closed\.$|Unexpected end of form$|Malformed part header$|Multipart: |Missing Content-Type$|Unsupported content type|Failed to parse body as FormData|Response\.formData|Request\.formData|Reply finished with incomplete file part|Body exceeded |Invalid Server Actions request|Failed to find Server Action|Server Action arguments list is too long|Invalid (?:reference|forward reference|data for bytes stream|Map initializer|Set initializer|Iterator initializer)|Already initialized |Cannot have cyclic thenables|Maximum array nesting exceeded|Expected a (?:multipart|boundary))/;
/** Whether an error of Next's says that the request could not be read, and so is its sender's mistake. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof Error && MESSAGES.test(error.message);
}

/** Remembers that this request could not be read, until its answer is written. */
export function noticeUnreadable(requestId: string): void {
  if (noticed.size < MOST) noticed.add(requestId);
}

/** Whether this request was noticed as one that cannot be read. */
export function isNoticed(requestId: string): boolean {
  return noticed.has(requestId);
}

/** Whether this request could not be read; asked once, when its answer is written. */
export function takeUnreadable(requestId: string): boolean {
  return noticed.delete(requestId);
}
