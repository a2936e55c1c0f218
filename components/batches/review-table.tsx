import { useTranslations } from "next-intl";
import type { ReviewItem } from "#lib/selections/read-review.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { PhoneNumber } from "../numbers/phone-number.tsx";
import { Button } from "../ui/button.tsx";
import { LinkButton } from "../ui/link-button.tsx";

/** The form that changes a selection: where it is sent, and for whom the page was rendered. */
export type SelectionForm = { action: string; viewerId: string; page: number };

const CELL = "block min-w-0 py-0.5 md:table-cell md:h-10 md:px-2 md:py-1 md:align-middle";

const EFFECT_TEXTS = {
  changes: "effectChanges",
  "needs-approval": "effectNeedsApproval",
  unchanged: "effectUnchanged",
  stale: "effectStale",
  retired: "effectRetired",
} as const;

/** The numbers of a selection, what each is now, and what confirming does to it. */
export function ReviewTable({
  items,
  page,
  pages,
  selectionId,
  form,
}: {
  items: readonly ReviewItem[];
  page: number;
  pages: number;
  selectionId: string;
  /** Null when it cannot be changed. */
  form: SelectionForm | null;
}) {
  const t = useTranslations("review");
  const table = (
    <table className="block w-full border-y md:table">
      <caption className="sr-only">{t("numbers")}</caption>
      <thead className="sr-only md:not-sr-only md:table-header-group">
        <tr className="text-left text-xs text-muted md:h-8">
          {form && (
            <th scope="col" className="w-8">
              <span className="sr-only">{t("columnTick")}</span>
            </th>
          )}
          <th scope="col" className="px-2 font-medium">
            {t("columnNumber")}
          </th>
          <th scope="col" className="px-2 font-medium">
            {t("columnAccount")}
          </th>
          <th scope="col" className="px-2 font-medium">
            {t("columnNow")}
          </th>
          <th scope="col" className="px-2 font-medium">
            {t("columnEffect")}
          </th>
        </tr>
      </thead>
      <tbody className="block md:table-row-group">
        {items.map((item) => (
          <ReviewRow key={item.number.phoneNumberId} item={item} hasTick={form !== null} />
        ))}
      </tbody>
    </table>
  );
  return (
    <>
      {form ? (
        <form method="post" action={form.action} className="flex flex-col gap-2">
          <input type="hidden" name="viewer" value={form.viewerId} />
          <input type="hidden" name="page" value={form.page} />
          {table}
          <div className="flex flex-wrap items-center gap-2">
            <Button type="submit" name="act" value="exclude">
              {t("exclude")}
            </Button>
            <Button type="submit" name="act" value="include">
              {t("include")}
            </Button>
          </div>
        </form>
      ) : (
        table
      )}
      {pages > 1 && (
        <nav aria-label={t("pages")} className="flex items-center justify-end gap-2">
          <span className="text-muted">{t("page", { page, pages })}</span>
          {page > 1 && (
            <LinkButton href={`/review/${selectionId}?page=${page - 1}`}>
              {t("previous")}
            </LinkButton>
          )}
          {page < pages && (
            <LinkButton href={`/review/${selectionId}?page=${page + 1}`}>{t("next")}</LinkButton>
          )}
        </nav>
      )}
    </>
  );
}

function ReviewRow({ item, hasTick }: { item: ReviewItem; hasTick: boolean }) {
  const t = useTranslations("review");
  const { number, effect, isExcluded } = item;
  return (
    <tr className="block border-t py-2 md:table-row md:py-0">
      {hasTick && (
        <td className={CELL}>
          <input
            type="checkbox"
            name="number"
            value={number.phoneNumberId}
            aria-label={t("tick", { label: number.label })}
            className="size-4 accent-accent"
          />
        </td>
      )}
      <td className={CELL}>
        <span className="block font-medium wrap-anywhere">
          <bdi>{number.label}</bdi>
        </span>
        <span className="block text-xs text-muted">
          <PhoneNumber e164={number.displayPhoneNumber} />
        </span>
      </td>
      <td className={`${CELL} wrap-anywhere`}>
        <bdi>{number.account.name}</bdi>
      </td>
      <td className={CELL}>
        <FlagState flag={number} />
      </td>
      <td className={`${CELL} wrap-anywhere`}>
        {isExcluded ? t("effectExcluded") : t(EFFECT_TEXTS[effect])}
      </td>
    </tr>
  );
}
