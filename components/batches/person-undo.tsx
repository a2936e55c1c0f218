import { useTranslations } from "next-intl";
import type { PersonUndoPreview } from "#lib/batches/preview-person-undo.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { Notice } from "../ui/notice.tsx";

const MAX_SHOWN = 200;

/** What undoing a person's changes would do, and what it leaves. */
export function PersonUndo({ preview }: { preview: PersonUndoPreview }) {
  const t = useTranslations("personUndo");
  const { changes, needApproval, unchanged, conflicts, archived } = preview;
  const isEmpty = changes.length + needApproval.length + unchanged.length + conflicts.length === 0;
  return (
    <>
      {archived && <Notice tone="warning">{t("archived", { seq: archived.throughSeq })}</Notice>}
      {isEmpty && <p className="text-muted">{t("none")}</p>}
      <Numbers title={t("changes", { count: changes.length })} numbers={changes} isUndone />
      <Numbers
        title={t("needApproval", { count: needApproval.length })}
        numbers={needApproval}
        isUndone
      />
      <Numbers
        title={t("conflicts", { count: conflicts.length })}
        numbers={conflicts.flatMap(({ number }) => number ?? [])}
      />
      <Numbers title={t("unchanged", { count: unchanged.length })} numbers={unchanged} />
    </>
  );
}

function Numbers({
  title,
  numbers,
  isUndone = false,
}: {
  title: string;
  numbers: readonly NumberRecord[];
  /** Says what each becomes again. */
  isUndone?: boolean;
}) {
  const t = useTranslations("personUndo");
  if (numbers.length === 0) return null;
  return (
    <section>
      <h2 className="font-semibold">{title}</h2>
      <ul>
        {numbers.slice(0, MAX_SHOWN).map((number) => (
          <li key={number.phoneNumberId} className="border-t py-1 wrap-anywhere">
            <bdi>{number.label}</bdi> · <bdi>{number.account.name}</bdi>
            {isUndone && (
              <span className="text-muted"> · {t(number.acceptsBsuid ? "toOff" : "toOn")}</span>
            )}
          </li>
        ))}
      </ul>
      {numbers.length > MAX_SHOWN && (
        <p className="text-muted">{t("more", { count: numbers.length - MAX_SHOWN })}</p>
      )}
    </section>
  );
}
