import { useTranslations } from "next-intl";
import type { ReviewItem } from "#lib/selections/read-review.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { PhoneNumber } from "../numbers/phone-number.tsx";
import { Button } from "../ui/button.tsx";
import { LinkButton } from "../ui/link-button.tsx";
import { RowTable } from "../ui/row-table.tsx";

/** The form that changes a selection: where it is sent, and for whom the page was rendered. */
export type SelectionForm = { action: string; viewerId: string; page: number };

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
  isConfirmed,
}: {
  items: readonly ReviewItem[];
  page: number;
  pages: number;
  selectionId: string;
  /** Null when it cannot be changed. */
  form: SelectionForm | null;
  /** What confirming did is told by what it made: of the present state it would be told wrong. */
  isConfirmed: boolean;
}) {
  const t = useTranslations("review");
  const table = (
    <RowTable
      caption={t("numbers")}
      columns={[
        ...(form ? [{ name: t("columnTick"), style: "w-14" }] : []),
        { name: t("columnNumber") },
        { name: t("columnAccount") },
        { name: t("columnNow"), style: "w-40" },
        ...(isConfirmed ? [] : [{ name: t("columnEffect") }]),
      ]}
    >
      {items.map((item) => (
        <ReviewRow
          key={item.number.phoneNumberId}
          item={item}
          hasTick={form !== null}
          hasEffect={!isConfirmed}
        />
      ))}
    </RowTable>
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

function ReviewRow({
  item,
  hasTick,
  hasEffect,
}: {
  item: ReviewItem;
  hasTick: boolean;
  hasEffect: boolean;
}) {
  const t = useTranslations("review");
  const { number, effect, isExcluded } = item;
  return (
    <tr>
      {hasTick && (
        <td>
          <input
            type="checkbox"
            name="number"
            value={number.phoneNumberId}
            aria-label={t("tick", { label: number.label })}
            className="size-4 accent-ink"
          />
        </td>
      )}
      <td>
        <span className="block font-medium wrap-anywhere">
          <bdi>{number.label}</bdi>
        </span>
        <span className="block text-meta text-muted">
          <PhoneNumber e164={number.displayPhoneNumber} />
        </span>
      </td>
      <td className="wrap-anywhere">
        <bdi>{number.account.name}</bdi>
      </td>
      <td>
        <FlagState flag={number} />
      </td>
      {hasEffect && (
        <td className="wrap-anywhere">
          {isExcluded ? t("effectExcluded") : t(EFFECT_TEXTS[effect])}
        </td>
      )}
    </tr>
  );
}
