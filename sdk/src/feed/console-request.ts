import { FlagClientError, toFlagClientError } from "../flag-client-error.ts";
import type { Settings } from "../flag-client-options.ts";

/** Sends a request to the console with the token. Returns a redirect as it is: the token must not follow it. */
export async function askConsole(
  settings: Settings,
  path: string,
  init: { signal: AbortSignal; headers: Record<string, string>; method?: string; body?: string },
): Promise<Response> {
  const { fetch, baseUrl, token } = settings;
  const headers = { Authorization: `Bearer ${token}`, ...init.headers };
  try {
    return await fetch(baseUrl + path, { ...init, headers, redirect: "manual" });
  } catch (thrown) {
    if (init.signal.aborted) throw toFlagClientError(init.signal.reason);
    throw isHiddenAnswer(thrown) ? toHiddenAnswerError(thrown) : toFlagClientError(thrown);
  }
}

/** Whether Node's fetch hides a 407: only then the error's cause has neither a code nor a message. */
function isHiddenAnswer(thrown: unknown): boolean {
  const cause = thrown instanceof TypeError ? thrown.cause : null;
  return cause instanceof Error && cause.message === "" && !("code" in cause);
}

function toHiddenAnswerError(cause: unknown): FlagClientError {
  const message =
    "Something in front of the console answers in its place, such as a proxy that wants a password (407). What is held stays, and it is asked again.";
  return new FlagClientError("UNEXPECTED_ANSWER", message, { cause });
}

/** Discards a body that nobody reads, so that its connection is free again. */
export async function discardBody(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

/** The error for an answer that is not a success. */
export function toAnswerError(response: Response): FlagClientError {
  const { status } = response;
  const retryAfterMs = readRetryAfter(response.headers.get("retry-after"));
  const details = retryAfterMs === undefined ? { status } : { status, retryAfterMs };
  if (status === 401) {
    return new FlagClientError("UNAUTHENTICATED", refusedBy("refuses the token", status), details);
  }
  if (status === 403)
    return new FlagClientError(
      "FORBIDDEN",
      refusedBy("does not let the token do this", status),
      details,
    );
  if (status === 429)
    return new FlagClientError("RATE_LIMITED", "The console asks to slow down.", details);
  if (status >= 500)
    return new FlagClientError("UNAVAILABLE", `The console answers ${status}.`, details);
  return new FlagClientError(
    "UNEXPECTED_ANSWER",
    refusedBy("does not answer as it should", status),
    details,
  );
}

/** Names both possible senders: a proxy's refusal looks like the console's. */
function refusedBy(what: string, status: number): string {
  return `The console, or something in front of it, ${what} (status ${status}). What is held stays, and it is asked again.`;
}

/** The header `Age`, in seconds: how long the server has been without its database; 0 if it has it. */
export function readAge(response: Response): number {
  return readWholeSeconds(response.headers.get("age")) ?? 0;
}

function readRetryAfter(value: string | null): number | undefined {
  const seconds = readWholeSeconds(value);
  return seconds === undefined ? undefined : seconds * 1_000;
}

/** Reads whole seconds only: the contract has no dates here, and a wrong clock would misread them. */
function readWholeSeconds(value: string | null): number | undefined {
  return value !== null && /^[0-9]{1,9}$/.test(value) ? Number(value) : undefined;
}
