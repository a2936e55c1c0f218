import { getTranslations } from "next-intl/server";
import type { AppError, ErrorCode } from "#lib/errors.ts";
import { noticeUnavailable } from "#lib/http/pages/unavailable-actions.ts";
import { OtherPersonSignedIn } from "./require-viewer.ts";

/** An expected failure as a value, in words for the person who acted. */
export type ActionFailure = { ok: false; code: ErrorCode; message: string };

/** Maps every code to words once, for all actions on flags, or on people and tokens. */
export async function toActionFailure(
  error: AppError,
  requestId: string,
  words: "failure" | "accessFailure" = "failure",
): Promise<ActionFailure> {
  const { code, issues } = error;
  if (error instanceof OtherPersonSignedIn) {
    const message = (await getTranslations("shell"))("otherPersonAct");
    return { ok: false, code, message };
  }
  if (code === "UNAVAILABLE") noticeUnavailable(requestId);
  const t = await getTranslations(words);
  const details = issues.map(({ message }) => message).join(" ");
  return { ok: false, code, message: t(code, { details, requestId }) };
}
