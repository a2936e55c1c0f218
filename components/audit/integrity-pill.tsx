import { useNow, useTranslations } from "next-intl";
import type { Verification } from "#lib/audit/jobs/read-verification.ts";
import { type Icon, ShieldAlert, ShieldCheck, ShieldQuestion } from "../ui/icons.tsx";
import { isOverdue } from "./is-overdue.ts";

type Tone = "green" | "amber" | "red" | "plain";

const TONES: Record<Tone, { icon: Icon; style: string }> = {
  green: { icon: ShieldCheck, style: "border-green-line bg-green-tint text-green" },
  amber: { icon: ShieldAlert, style: "border-amber-line bg-amber-tint text-amber" },
  red: { icon: ShieldAlert, style: "border-red-line bg-red-tint text-red" },
  plain: { icon: ShieldQuestion, style: "border-line-button bg-canvas text-muted" },
};

/** Up to where the trail is verified, in a few words; opens the sheet with the id `sheetId`. */
export function IntegrityPill({
  verification,
  isSigned,
  endSeq,
  sheetId,
}: {
  verification: Verification | null;
  isSigned: boolean;
  /** The `seq` of the newest entry. */
  endSeq: number;
  sheetId: string;
}) {
  const t = useTranslations("audit.pill");
  const now = useNow();
  const [tone, words] = summarise();
  const { icon: Shield, style } = TONES[tone];
  return (
    <button
      type="button"
      popoverTarget={sheetId}
      className={`inline-flex min-h-6 items-center gap-1.5 rounded-full border px-2.5 text-meta font-medium max-rail:min-h-11 ${style}`}
    >
      <Shield aria-hidden className="size-3.5 shrink-0" />
      {words}
    </button>
  );

  /** The worst first. Says nothing about entries that were not read. */
  function summarise(): [Tone, string] {
    if (!isSigned) return ["red", t("unsigned")];
    if (!verification) return ["plain", t("never")];
    const { isWhole, firstSeq, throughSeq, missingFiles } = verification;
    const seq = String(throughSeq);
    if (!isWhole) return ["red", t("broken", { seq })];
    if (missingFiles.length > 0) return ["red", t("missing")];
    if (isOverdue(verification, now)) return ["amber", t("overdue")];
    if (throughSeq === 0) return ["plain", t("never")];
    const end = String(Math.max(endSeq, throughSeq));
    if (firstSeq === 1) return ["green", t("whole", { seq, end })];
    if (firstSeq === null || firstSeq > throughSeq) return ["green", t("nothingNew", { seq, end })];
    return ["green", t("part", { first: String(firstSeq), seq, end })];
  }
}
