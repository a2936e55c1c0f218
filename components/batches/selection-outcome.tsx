import { useTranslations } from "next-intl";
import type { SelectionRecord } from "#lib/selections/selection-record.ts";
import { Button } from "../ui/button.tsx";
import { LinkButton } from "../ui/link-button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { SelectionForm } from "./review-table.tsx";

/** What confirming a selection made. */
export function SelectionOutcome({
  confirmed,
}: {
  confirmed: NonNullable<SelectionRecord["confirmed"]>;
}) {
  const t = useTranslations("review");
  const { batchId, requestId } = confirmed;
  return (
    <Notice>
      <p className="pb-2">{t("confirmed")}</p>
      <div className="flex flex-wrap gap-2">
        {batchId !== null && (
          <LinkButton href={`/batches/${batchId}`} variant="primary">
            {t("toBatch")}
          </LinkButton>
        )}
        {requestId !== null && (
          <a
            href={`/requests/${requestId}`}
            className="underline decoration-line-field underline-offset-3"
          >
            {t("toRequest")}
          </a>
        )}
      </div>
    </Notice>
  );
}

/** Leads to the next numbers of a filter that found more than one batch takes. */
export function NextPart({ form }: { form: SelectionForm }) {
  const t = useTranslations("review");
  return (
    <form method="post" action={form.action}>
      <input type="hidden" name="viewer" value={form.viewerId} />
      <Button type="submit" name="act" value="next">
        {t("nextPart")}
      </Button>
    </form>
  );
}
