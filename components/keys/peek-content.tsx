import { useTranslations } from "next-intl";
import { FlagState } from "../flags/flag-state.tsx";
import { Sparkline } from "../numbers/sparkline.tsx";
import type { NumberPeek } from "./number-peek.ts";

const LINK = "underline decoration-line-field underline-offset-3";

/** A number at a glance: its state and why, what it loses, how its account's others are, and its last changes. */
export function PeekContent({
  peek: { phoneNumberId, account, flag, live, since, loss, siblings, changes },
}: {
  peek: NumberPeek;
}) {
  const t = useTranslations("keys");
  return (
    <>
      <div>
        <p role="status" className="flex flex-wrap items-center gap-x-2">
          <FlagState flag={flag} />
          {live && <span className="text-muted">{live}</span>}
        </p>
        <p className="pt-1 wrap-anywhere">{since}</p>
      </div>
      <section aria-labelledby="peek-lost" className="flex items-end justify-between gap-3">
        <div>
          <h3 id="peek-lost" className={loss.days.some(Boolean) ? "font-medium text-amber" : ""}>
            {loss.lost}
          </h3>
          <p className="text-meta text-muted">{loss.accepted}</p>
        </div>
        <Sparkline values={loss.days} name={loss.name} />
      </section>
      <section aria-labelledby="peek-account">
        <div className="flex items-center justify-between gap-3">
          <h3 id="peek-account" className="font-medium">
            {t("peekAccount")}
          </h3>
          {siblings.isMixed && (
            <span className="rounded-full border border-amber-line bg-amber-tint px-2 text-meta font-medium text-amber">
              {t("mixed")}
            </span>
          )}
        </div>
        <p className="text-muted">{siblings.text}</p>
      </section>
      {changes.length > 0 && (
        <section aria-labelledby="peek-changes">
          <h3 id="peek-changes" className="border-b pb-1 font-medium">
            {t("peekChanges")}
          </h3>
          <ul>
            {changes.map(({ seq, day, text }) => (
              <li key={seq} className="grid grid-cols-[3.5rem_1fr] gap-2 border-b py-1.5">
                <span className="text-meta leading-5 text-muted">{day}</span>
                <span className="wrap-anywhere">{text}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        <a href={`/numbers/${phoneNumberId}`} className={LINK}>
          {t("peekNumber")}
        </a>
        <a href={`/accounts/${account.id}`} className={LINK}>
          {t("peekToAccount")}
        </a>
        <a href={`/simulator?number=${phoneNumberId}`} className={LINK}>
          {t("peekSimulator")}
        </a>
      </p>
    </>
  );
}
