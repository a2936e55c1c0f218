import Link from "next/link";
import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { Notice } from "../ui/notice.tsx";

/** The numbers that share BSUIDs with this one, and whether they agree with it. */
export function Neighbours({
  number,
  neighbours,
}: {
  number: NumberRecord;
  neighbours: readonly NumberRecord[];
}) {
  const t = useTranslations("number");
  return (
    <section aria-labelledby="neighbours">
      <h2 id="neighbours" className="font-semibold">
        {t("neighbours")}
      </h2>
      <p className="pb-2 text-meta text-muted">
        {neighbours.length === 0 ? t("neighboursNone") : t("neighboursHint")}
      </p>
      {number.retiredAt === null && <Agreement numbers={[number, ...neighbours]} />}
      <ul>
        {neighbours.map((neighbour) => (
          <li
            key={neighbour.phoneNumberId}
            className="flex min-h-8 items-center justify-between gap-3 border-t"
          >
            <Link
              href={`/numbers/${neighbour.phoneNumberId}`}
              prefetch={false}
              className="min-w-0 truncate hover:underline"
            >
              <bdi>{neighbour.label}</bdi>
            </Link>
            <FlagState flag={neighbour} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Agreement({ numbers }: { numbers: readonly NumberRecord[] }) {
  const t = useTranslations("number");
  const total = numbers.length;
  const accepting = numbers.filter(({ acceptsBsuid }) => acceptsBsuid).length;
  if (total === 1) return null;
  if (accepting > 0 && accepting < total) {
    return (
      <div className="pb-2">
        <Notice tone="warning">{t("mixed", { accepting, total })}</Notice>
      </div>
    );
  }
  const state = accepting === total ? "accepting" : "phoneOnly";
  return <p className="pb-2">{t("uniform", { total, state })}</p>;
}
