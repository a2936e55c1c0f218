import Link from "next/link";
import { useTranslations } from "next-intl";
import type { OtherWish } from "#lib/flags/pending/read-other-wishes.ts";
import { Notice } from "../ui/notice.tsx";

/** What else waits for the same numbers; nothing when nothing does. */
export function OtherWishes({ wishes }: { wishes: readonly OtherWish[] }) {
  const t = useTranslations("requests");
  if (wishes.length === 0) return null;
  return (
    <Notice tone="warning">
      <h2 className="font-medium">{t("others")}</h2>
      <p>{t("othersMean")}</p>
      <ul className="list-disc pl-5">
        {wishes.map((wish) => (
          <li key={wish.id} className="wrap-anywhere">
            <Wish wish={wish} /> · {t("otherCount", { count: wish.count })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Wish({ wish: { kind, id, display } }: { wish: OtherWish }) {
  const name = <bdi>{display}</bdi>;
  if (kind === "schedule") return name;
  return (
    <Link href={`/requests/${id}`} prefetch={false} className="underline">
      {name}
    </Link>
  );
}
