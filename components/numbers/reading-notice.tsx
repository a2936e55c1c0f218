import { useTranslations } from "next-intl";
import type { NumbersReading } from "#lib/phones/read-numbers.ts";
import { Notice } from "../ui/notice.tsx";

/** Says how a pasted text was read: first what needs attention, last, folded, what was left out. */
export function ReadingNotice({ reading }: { reading: NumbersReading }) {
  const t = useTranslations("numbers");
  const { ambiguous, notFound, damaged, ignored } = reading;
  const needsAnswer = ambiguous.length + notFound.length + damaged.length > 0;
  if (!needsAnswer && ignored.length === 0) return null;
  const choices = ambiguous.map(({ written, phoneNumberIds }) =>
    t("ambiguousOf", { written, count: phoneNumberIds.length }),
  );
  return (
    <div className="flex flex-col gap-2 pb-3">
      {needsAnswer && (
        <Notice tone="warning">
          <div className="flex flex-col gap-2">
            <Part title={t("ambiguousTitle", { count: choices.length })} hint={t("ambiguousHint")}>
              {choices}
            </Part>
            <Part title={t("notFoundTitle", { count: notFound.length })} hint={t("notFoundHint")}>
              {notFound}
            </Part>
            <Part title={t("damagedTitle", { count: damaged.length })} hint={t("damagedHint")}>
              {damaged}
            </Part>
          </div>
        </Notice>
      )}
      {ignored.length > 0 && (
        <details className="text-meta text-muted">
          <summary className="cursor-pointer">
            {t("ignoredTitle", { count: ignored.length })}
          </summary>
          <Written items={ignored} />
          <p className="pt-1">{t("ignoredHint")}</p>
        </details>
      )}
    </div>
  );
}

function Part({
  title,
  hint,
  children,
}: {
  title: string;
  hint: string;
  children: readonly string[];
}) {
  if (children.length === 0) return null;
  return (
    <section>
      <h2 className="font-medium">{title}</h2>
      <Written items={children} />
      <p className="pt-1 text-meta">{hint}</p>
    </section>
  );
}

function Written({ items }: { items: readonly string[] }) {
  return (
    <ul className="flex max-h-40 flex-wrap gap-x-4 overflow-y-auto font-mono text-meta">
      {items.map((item) => (
        <li key={item}>
          <bdi>{item}</bdi>
        </li>
      ))}
    </ul>
  );
}
