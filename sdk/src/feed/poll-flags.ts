import { FlagClientError, toFlagClientError } from "../flag-client-error.ts";
import type { Settings } from "../flag-client-options.ts";
import { type FlagMessage, parseFlagMessage } from "../flags/flag-message.ts";
import { askConsole, discardBody, readAge, toAnswerError } from "./console-request.ts";
import { IdleTimer } from "./idle-timer.ts";

export type PollAnswer = {
  /** Null if nothing is newer than the cursor of the request. */
  message: FlagMessage | null;
  /** For how many seconds the server has been without its database. */
  age: number;
  /** Whether the server says that it holds polls. */
  isHeld: boolean;
};

/**
 * Sends one conditional request for changes after `cursor`, or for a snapshot when it is null.
 * `waitSeconds` above 0 asks the server to hold the request until there is a change.
 */
export async function pollFlags(
  settings: Settings,
  how: { cursor: string | null; waitSeconds: number; signal: AbortSignal },
): Promise<PollAnswer> {
  const { cursor, waitSeconds } = how;
  const patienceMs = settings.timing.requestTimeoutMs + waitSeconds * 1_000;
  const idle = new IdleTimer(how.signal, patienceMs, () => {
    return new FlagClientError("CONNECTION", `No answer within ${patienceMs} ms.`);
  });
  const headers: Record<string, string> = { Accept: "application/json" };
  if (cursor !== null) headers["If-None-Match"] = `"${cursor}"`;
  if (cursor !== null && waitSeconds > 0) headers.Prefer = `wait=${waitSeconds}`;
  const query = cursor === null ? "" : `?since=${encodeURIComponent(cursor)}`;
  try {
    const response = await askConsole(settings, `/api/v1/flags${query}`, {
      signal: idle.signal,
      headers,
    });
    const isHeld = /\bwait\b/.test(response.headers.get("preference-applied") ?? "");
    return { message: await readMessage(response, cursor), age: readAge(response), isHeld };
  } catch (thrown) {
    throw toFlagClientError(idle.signal.aborted ? idle.signal.reason : thrown);
  } finally {
    idle.stop();
  }
}

async function readMessage(response: Response, cursor: string | null): Promise<FlagMessage | null> {
  if (response.status === 200) return parseFlagMessage(await response.text());
  await discardBody(response);
  if (response.status === 304 && isUnchanged(response, cursor)) return null;
  throw toAnswerError(response);
}

/** Whether a 304 is about `cursor`: a cache may send it for another state, or unasked. Compression adds to a tag. */
function isUnchanged(response: Response, cursor: string | null): boolean {
  if (cursor === null) return false;
  const tag = response.headers.get("etag");
  return (
    tag === null ||
    tag.replace(/^W\//, "").replace(/-(?:gzip|br|zstd|deflate)"$/, '"') === `"${cursor}"`
  );
}
