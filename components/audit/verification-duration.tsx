import { useTranslations } from "next-intl";
import type { Verification } from "#lib/audit/jobs/read-verification.ts";

/** How long the verification took, and who asked for it. */
export function VerificationDuration({
  verification: { tookMs, askedBy },
}: {
  verification: Verification;
}) {
  const t = useTranslations("audit.state");
  // Rounded up to a tenth: "0.0 s" would say that it took no time.
  const seconds = Math.max(1, Math.ceil(tookMs / 100)) / 10;
  return askedBy === null ? t("took", { seconds }) : t("tookFor", { seconds, name: askedBy });
}
