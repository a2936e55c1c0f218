import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Verification } from "#lib/audit/jobs/read-verification.ts";
import { Moment } from "../moment.tsx";
import { ShieldAlert } from "../ui/icons.tsx";
import { Notice } from "../ui/notice.tsx";
import { VerificationDuration } from "./verification-duration.tsx";

/** Says which entry is the first that is wrong, and what to do. */
export function BrokenTrail({ verification }: { verification: Verification }) {
  const t = useTranslations("audit.state");
  const seq = String(verification.throughSeq);
  return (
    <Notice tone="danger" isAlert>
      <p className="flex gap-1.5 font-semibold">
        <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t("broken", { seq })}
      </p>
      <p className="wrap-anywhere">{verification.problem}</p>
      <p>
        {t.rich("brokenHint", {
          when: () => <Moment at={verification.verifiedAt.toISOString()} />,
          entry: (words) => (
            <Link href={`/audit/${seq}`} prefetch={false} className="underline">
              {words}
            </Link>
          ),
        })}{" "}
        <VerificationDuration verification={verification} />
      </p>
    </Notice>
  );
}
