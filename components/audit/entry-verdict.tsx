import { ShieldAlert, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { EntryFault } from "#lib/audit/find-entry-faults.ts";
import type { Restatement } from "#lib/audit/find-restatement.ts";
import { Notice } from "../ui/notice.tsx";

/** Whether one entry is as it was written, in words. */
export function EntryVerdict({
  faults,
  restatement,
}: {
  faults: readonly EntryFault[];
  restatement: Restatement | null;
}) {
  const t = useTranslations("entry");
  return (
    <section aria-labelledby="chain" className="flex flex-col gap-1">
      <h2 id="chain" className="font-semibold">
        {t("chain")}
      </h2>
      {faults.length === 0 ? (
        <>
          <p className="flex gap-1.5">
            <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
            <span>{restatement ? <Restated restatement={restatement} /> : t("whole")}</span>
          </p>
          <p className="text-muted">{t("wholeHint")}</p>
        </>
      ) : (
        <Notice tone="danger" isAlert>
          <p className="flex gap-1.5 font-semibold">
            <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {t("brokenTitle")}
          </p>
          <ul className="list-disc pl-5">
            {faults.map((fault) => (
              <li key={fault}>{t(`fault.${fault}`)}</li>
            ))}
          </ul>
          <p>{t("brokenHint")}</p>
        </Notice>
      )}
    </section>
  );
}

function Restated({ restatement: { by, isAttested } }: { restatement: Restatement }) {
  const t = useTranslations("entry");
  return t.rich(isAttested ? "restated" : "restatedWithMany", {
    seq: String(by),
    entry: (words) => (
      <Link href={`/audit/${by}`} prefetch={false} className="underline">
        {words}
      </Link>
    ),
  });
}
