import { askConsole, discardBody, toAnswerError } from "../feed/console-request.ts";
import { IdleTimer } from "../feed/idle-timer.ts";
import { FlagClientError, toFlagClientError } from "../flag-client-error.ts";
import type { Settings } from "../flag-client-options.ts";
import { isRecord } from "../flags/flag-message.ts";
import type { Report } from "./report.ts";
import { type ReportRefusal, readReportRefusal } from "./report-refusal.ts";

/**
 * Sends a report. Resolves to null once it is counted, now (202) or by an earlier try (200), or to the
 * console's reason for refusing it.
 *
 * @throws FlagClientError, also for an answer that is not the console's: the report may or may not be counted
 */
export async function sendReport(
  settings: Settings,
  report: Report,
  signal: AbortSignal,
): Promise<ReportRefusal | null> {
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
    return await readAnswer(response);
  } catch (thrown) {
    throw toFlagClientError(idle.signal.aborted ? idle.signal.reason : thrown);
  } finally {
    idle.stop();
  }
}

async function readAnswer(response: Response): Promise<ReportRefusal | null> {
  const { status } = response;
  if (status === 200 || status === 202) {
    const text = await response.text();
    if (isTaken(status, text)) return null;
    throw new FlagClientError(
      "UNEXPECTED_ANSWER",
      "Something in front of the console answers reports in its place. They are kept and sent again.",
      { status },
    );
  }
  const refusal = await readReportRefusal(response);
  if (refusal) return refusal;
  await discardBody(response);
  throw toAnswerError(response);
}

/** Whether the report was counted. Checks the body, too: a login page with status 200 would lose the counts. */
function isTaken(status: number, text: string): boolean {
  if (status === 202 && text === "") return true;
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) && typeof body.isNew === "boolean";
  } catch {
    return false;
  }
}
