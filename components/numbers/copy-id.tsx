import { useTranslations } from "next-intl";
import { CopyButton } from "../ui/copy-button.tsx";
import { Check, Copy } from "../ui/icons.tsx";

/** Copies a number's phone_number_id; seen while its row has the pointer or the focus. */
export function CopyId({ id, label }: { id: string; label: string }) {
  const t = useTranslations("numbers");
  return (
    <CopyButton
      value={id}
      name={t("copyId", { label })}
      doneName={t("copied")}
      icon={<Copy aria-hidden className="size-4" />}
      doneIcon={<Check aria-hidden className="size-4" />}
    />
  );
}
