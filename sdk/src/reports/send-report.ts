import { askConsole, discardBody, toAnswerError } from "../feed/console-request.ts";
import { IdleTimer } from "../feed/idle-timer.ts";
import { FlagClientError, toFlagClientError } from "../flag-client-error.ts";
import type { Settings } from "../flag-client-options.ts";
import type { CountRow } from "./count-table.ts";

/** The body of `POST /api/v1/reports`. */
export type Report = {
  instanceId: string;
  /** Higher with each report; the same again for a retry, so that it is counted once. */
  sequence: number;
  sdk: string;
  appliedCursor: string;
  appliedAt: string;
  counts: readonly CountRow[];
};

/** Refusals of what was sent, which the same again would only meet again. */
const REFUSALS = [400, 409, 413, 415, 422];

/**
 * Sends a report: resolves once it is counted, now (202) or by an earlier try (200).
 * @throws FlagClientError REPORT_REFUSED for a report that will never be taken, else as answers are
 */
export async function sendReport(
  settings: Settings,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { requestTimeoutMs } = settings.timing;
  const idle = new IdleTimer(signal, requestTimeoutMs, () => {
    return new FlagClientError("CONNECTION", `No answer within ${requestTimeoutMs} ms.`);
  });
  try {
    const response = await askConsole(settings, "/api/v1/reports", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(report),
      signal: idle.signal,
    });
    if (REFUSALS.includes(response.status)) throw await toRefusal(response);
    await discardBody(response);
    if (response.status !== 200 && response.status !== 202) throw toAnswerError(response);
  } catch (thrown) {
    throw toFlagClientError(idle.signal.aborted ? idle.signal.reason : thrown);
  } finally {
    idle.stop();
  }
}

/** With the console's own words: they name the field. */
async function toRefusal(response: Response): Promise<FlagClientError> {
  const words = (await response.text()).slice(0, 500);
  const { status } = response;
  return new FlagClientError("REPORT_REFUSED", `The console refuses the report: ${words}`, {
    status,
  });
}
