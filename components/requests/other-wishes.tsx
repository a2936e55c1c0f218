import Link from "next/link";
import { useTranslations } from "next-intl";
import type { OtherWish } from "#lib/flags/pending/read-other-wishes.ts";
import { Notice } from "../ui/notice.tsx";

/**
 * What waits for the same numbers as something else, or for one number; nothing when nothing does.
 */
export function OtherWishes({
  wishes,
  isOfNumber = false,
}: {
  wishes: readonly OtherWish[];
  isOfNumber?: boolean;
}) {
  const t = useTranslations("requests");
  if (wishes.length === 0) return null;
  return (
    <Notice tone="warning">
      <h2 className="font-medium">{t(isOfNumber ? "waitingForNumber" : "others")}</h2>
      {(!isOfNumber || wishes.length > 1) && <p>{t("othersMean")}</p>}
      <ul className="list-disc pl-5">
        {wishes.map((wish) => (
          <li key={wish.id} className="wrap-anywhere">
            <Wish wish={wish} />
            {!isOfNumber && <> · {t("otherCount", { count: wish.count })}</>}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Wish({ wish: { kind, id, display } }: { wish: OtherWish }) {
  return (
    <Link
      href={kind === "schedule" ? `/schedule/${id}` : `/requests/${id}`}
      prefetch={false}
      className="underline"
    >
      <bdi>{display}</bdi>
    </Link>
  );
}
