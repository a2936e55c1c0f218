import Link from "next/link";
import { useNow, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SignedHead } from "#lib/audit/head/signed-head.ts";
import type { Verification } from "#lib/audit/jobs/read-verification.ts";
import { Moment } from "../moment.tsx";
import { ShieldAlert, ShieldCheck, ShieldQuestion } from "../ui/icons.tsx";
import { Notice } from "../ui/notice.tsx";

/** Verification is daily: after two days something prevents it. */
const OVERDUE_MS = 2 * 24 * 3_600_000;

type Facts = {
  verification: Verification | null;
  /** The latest signed head, which may be newer than the verification. */
  lastHead: SignedHead | null;
  /** Why heads are no longer signed, in words; null while they are. */
  headProblem: string | null;
};

/** Says whether the trail is as it was written, by its latest verification, and whether it is signed. */
export function TrailState({ headProblem, ...facts }: Facts) {
  const t = useTranslations("audit.state");
  if (headProblem === null) return <Verified {...facts} />;
  return (
    <div className="flex flex-col gap-2">
      <Notice tone="danger" isAlert>
        <p className="flex gap-1.5 font-semibold">
          <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t("unsigned")}
        </p>
        <p className="wrap-anywhere">{headProblem}</p>
        <p>{t("unsignedHint")}</p>
      </Notice>
      <Verified {...facts} />
    </div>
  );
}

function Verified({ verification, lastHead }: Omit<Facts, "headProblem">) {
  const t = useTranslations("audit.state");
  const now = useNow();
  if (!verification) {
    return (
      <Line icon={<ShieldQuestion aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />}>
        {t("never")}
      </Line>
    );
  }
  if (!verification.isWhole) return <Broken verification={verification} />;
  const { verifiedAt, missingFiles } = verification;
  const isOverdue = now.getTime() - verifiedAt.getTime() > OVERDUE_MS;
  const hasChecked = verification.throughSeq > 0;
  const Icon = hasChecked ? ShieldCheck : ShieldQuestion;
  const tone = hasChecked ? "text-green" : "text-muted";
  return (
    <div className="flex flex-col gap-2">
      <Line icon={<Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />}>
        <Finding verification={verification} />{" "}
        <span className="text-muted">
          <Extent verification={verification} /> <Duration verification={verification} />{" "}
          <Head head={lastHead} />
        </span>
      </Line>
      {missingFiles.length > 0 && (
        <Notice tone="danger" isAlert>
          <p className="wrap-anywhere">
            {t("missingFiles", { files: missingFiles.join(", "), count: missingFiles.length })}
          </p>
        </Notice>
      )}
      {isOverdue && <Notice tone="warning">{t("overdue")}</Notice>}
    </div>
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

function Broken({ verification }: { verification: Verification }) {
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
          when: () => <When at={verification.verifiedAt} />,
          entry: (words) => (
            <Link href={`/audit/${seq}`} prefetch={false} className="underline">
              {words}
            </Link>
          ),
        })}{" "}
        <Duration verification={verification} />
      </p>
    </Notice>
  );
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

function Duration({ verification: { tookMs, askedBy } }: { verification: Verification }) {
  const t = useTranslations("audit.state");
  // Rounded up to a tenth: "0.0 s" would say that it took no time.
  const seconds = Math.max(1, Math.ceil(tookMs / 100)) / 10;
  return askedBy === null ? t("took", { seconds }) : t("tookFor", { seconds, name: askedBy });
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
