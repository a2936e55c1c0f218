import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SignedHead } from "#lib/audit/head/signed-head.ts";
import type { Verification } from "#lib/audit/jobs/read-verification.ts";
import { Moment } from "../moment.tsx";
import { ShieldAlert, ShieldCheck, ShieldQuestion } from "../ui/icons.tsx";
import { VerificationDuration } from "./verification-duration.tsx";

/** Says up to where the trail is as it was written, by its latest verification, and up to where it is signed. */
export function TrailState({
  verification,
  lastHead,
}: {
  verification: Verification | null;
  /** The latest signed head, which may be newer than the verification. */
  lastHead: SignedHead | null;
}) {
  const t = useTranslations("audit.state");
  if (!verification) {
    return (
      <Line icon={<ShieldQuestion aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />}>
        {t("never")}
      </Line>
    );
  }
  if (!verification.isWhole) {
    return (
      <Line icon={<ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-red" />}>
        {t("broken", { seq: String(verification.throughSeq) })}
      </Line>
    );
  }
  const hasChecked = verification.throughSeq > 0;
  const Icon = hasChecked ? ShieldCheck : ShieldQuestion;
  const tone = hasChecked ? "text-green" : "text-muted";
  return (
    <Line icon={<Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />}>
      <Finding verification={verification} />{" "}
      <span className="text-muted">
        <Extent verification={verification} /> <VerificationDuration verification={verification} />{" "}
        <Head head={lastHead} />
      </span>
    </Line>
  );
}

/** The result of the verification. Says nothing about entries that were not read. */
function Finding({ verification }: { verification: Verification }) {
  const t = useTranslations("audit.state");
  const { isFull, verifiedAt, throughSeq, firstSeq } = verification;
  const when = () => <When at={verifiedAt} />;
  if (throughSeq === 0) return t.rich("empty", { when });
  const seq = String(throughSeq);
  if (isFull && firstSeq === 1) return t.rich("whole", { seq, when });
  if (firstSeq === null || firstSeq > throughSeq) return t.rich("nothingNew", { seq, when });
  return t.rich(isFull ? "wholeSince" : "part", { first: String(firstSeq), seq, when });
}

/** How much of the trail the latest verification read. */
function Extent({ verification }: { verification: Verification }) {
  const t = useTranslations("audit.state");
  const { isFull, firstSeq, throughSeq, rechecked, fullAt, missingFiles } = verification;
  if (throughSeq === 0) return null;
  if (isFull && firstSeq === 1) return t("full");
  if (isFull) return missingFiles.length > 0 ? null : t("archivesKept");
  return (
    <>
      {rechecked &&
        t("again", { first: String(rechecked.firstSeq), last: String(rechecked.lastSeq) })}{" "}
      {fullAt && t.rich("fullAt", { full: () => <When at={fullAt} /> })}
    </>
  );
}

function Head({ head }: { head: SignedHead | null }) {
  const t = useTranslations("audit.state");
  if (!head) return t("noHead");
  return t.rich("head", {
    seq: String(head.seq),
    when: () => <Moment at={head.signedAt} />,
    key: () => <span className="font-mono text-meta wrap-anywhere">{head.keyId}</span>,
  });
}

function When({ at }: { at: Date }) {
  return <Moment at={at.toISOString()} />;
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex gap-1.5">
      {icon}
      <span className="min-w-0">{children}</span>
    </p>
  );
}
