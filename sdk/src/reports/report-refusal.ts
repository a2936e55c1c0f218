import { FlagClientError } from "../flag-client-error.ts";
import { isRecord } from "../flags/flag-message.ts";

/** Why the console refuses a report, and which rows. Nothing of the report was counted. */
export type ReportRefusal = {
  error: FlagClientError;
  /** The rows named as wrong: the index in `counts`, and the field, "" for the row as a whole. */
  wrongRows: ReadonlyMap<number, string>;
};

/** Statuses with which the console refuses a report's content. */
const REFUSALS = [400, 409, 413, 415, 422];
const MAX_WORDS = 500;

/** The console's own refusal; null for any other answer, such as a proxy's 400. */
export async function readReportRefusal(response: Response): Promise<ReportRefusal | null> {
  const { status, headers } = response;
  const isProblem = headers.get("content-type")?.startsWith("application/problem+json");
  if (!REFUSALS.includes(status) || !isProblem) return null;
  const problem = parseJson(await response.text());
  if (!isRecord(problem) || typeof problem.code !== "string") return null;
  const words = String(problem.detail ?? problem.code).slice(0, MAX_WORDS);
  const message = `The console refuses the report: ${words}`;
  const error = new FlagClientError("REPORT_REFUSED", message, { status });
  return { error, wrongRows: readWrongRows(problem.errors) };
}

/** Reads paths such as `counts[3].hour`. */
function readWrongRows(errors: unknown): Map<number, string> {
  const rows = new Map<number, string>();
  for (const issue of Array.isArray(errors) ? errors : []) {
    const path = isRecord(issue) ? String(issue.path) : "";
    const [, index, field = ""] = /^counts\[(\d+)\](?:\.(\w+))?$/.exec(path) ?? [];
    if (index === undefined) continue;
    const before = rows.get(Number(index));
    // Two fields are wrong, so it is not only the hour.
    rows.set(Number(index), before === undefined || before === field ? field : "");
  }
  return rows;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
