import { useNow, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Verification } from "#lib/audit/jobs/read-verification.ts";
import { ShieldAlert } from "../ui/icons.tsx";
import { Notice } from "../ui/notice.tsx";
import { BrokenTrail } from "./broken-trail.tsx";
import { isOverdue } from "./is-overdue.ts";

/** What is wrong with the trail or its verification, above the entries; nothing while all is well. */
export function TrailTrouble({
  verification,
  headProblem,
}: {
  verification: Verification | null;
  /** Why heads are no longer signed, in words; null while they are. */
  headProblem: string | null;
}) {
  const t = useTranslations("audit.state");
  const now = useNow();
  const troubles: ReactNode[] = [];
  if (headProblem !== null) troubles.push(<Unsigned key="unsigned" why={headProblem} />);
  if (verification && !verification.isWhole) {
    troubles.push(<BrokenTrail key="broken" verification={verification} />);
  } else if (verification) {
    const { missingFiles } = verification;
    if (missingFiles.length > 0) troubles.push(<Missing key="missing" files={missingFiles} />);
    if (isOverdue(verification, now)) {
      troubles.push(
        <Notice key="overdue" tone="warning">
          {t("overdue")}
        </Notice>,
      );
    }
  }
  if (troubles.length === 0) return null;
  return (
    <section aria-label={t("title")} className="flex flex-col gap-2 pt-4">
      {troubles}
    </section>
  );
}

function Unsigned({ why }: { why: string }) {
  const t = useTranslations("audit.state");
  return (
    <Notice tone="danger" isAlert>
      <p className="flex gap-1.5 font-semibold">
        <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t("unsigned")}
      </p>
      <p className="wrap-anywhere">{why}</p>
      <p>{t("unsignedHint")}</p>
    </Notice>
  );
}

function Missing({ files }: { files: string[] }) {
  const t = useTranslations("audit.state");
  return (
    <Notice tone="danger" isAlert>
      <p className="wrap-anywhere">
        {t("missingFiles", { files: files.join(", "), count: files.length })}
      </p>
    </Notice>
  );
}
