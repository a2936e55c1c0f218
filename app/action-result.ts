import { getTranslations } from "next-intl/server";
import type { AppError, ErrorCode } from "#lib/errors.ts";

/** An expected failure as a value, in words for the person who acted. */
export type ActionFailure = { ok: false; code: ErrorCode; message: string };

/** Maps every code to words once, for all actions. */
export async function toActionFailure(
  { code, issues }: AppError,
  requestId: string,
): Promise<ActionFailure> {
  const t = await getTranslations("failure");
  const details = issues.map(({ message }) => message).join(" ");
  return { ok: false, code, message: t(code, { details, requestId }) };
}
