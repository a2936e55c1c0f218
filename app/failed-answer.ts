import type { ErrorCode } from "#lib/errors.ts";
import { PROBLEMS } from "#lib/http/api/problem.ts";
import { toAppError } from "#lib/http/api/to-app-error.ts";
import { PAGE_RETRY_AFTER } from "#lib/http/pages/page-retry.ts";
import { readOrigin } from "./session.ts";

/**
 * What the script of a page is told when what it asked for failed: a status, and with 503 when to ask again.
 *
 * @param statuses in place of the codes' own
 */
export async function toFailedAnswer(
  error: unknown,
  statuses: Partial<Record<ErrorCode, number>> = {},
): Promise<Response> {
  const { code } = toAppError(error, (await readOrigin()).requestId);
  const status = statuses[code] ?? PROBLEMS[code].status;
  const headers = new Headers({ "cache-control": "no-store" });
  if (status === PROBLEMS.UNAVAILABLE.status) headers.set("retry-after", PAGE_RETRY_AFTER);
  return new Response(null, { status, headers });
}
