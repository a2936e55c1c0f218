import { Square } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

const code = (chunks: ReactNode) => <code className="font-mono text-[0.9em]">{chunks}</code>;

/** What the change will do to the business's traffic, before it is made. */
export function FlagConsequences({ acceptsBsuid }: { acceptsBsuid: boolean }) {
  return acceptsBsuid ? <OfEnabling /> : <OfDisabling />;
}

function OfEnabling() {
  const t = useTranslations("flagDialog");
  return (
    <>
      <section>
        <h3 className="font-medium">{t("enableConsequences")}</h3>
        <ul className="list-disc pl-5">
          <li>{t.rich("enableIds", { code })}</li>
          <li>{t("enableAccepts")}</li>
          <li>{t("enableLost")}</li>
        </ul>
      </section>
      <section>
        <h3 className="font-medium">{t("checklist")}</h3>
        <ul className="grid gap-x-4 sm:grid-cols-2">
          <Item>{t.rich("checkEmptyPhone", { code })}</Item>
          <Item>{t.rich("checkUserId", { code })}</Item>
          <Item>{t("checkPasswords")}</Item>
          <Item>{t("checkChange")}</Item>
        </ul>
      </section>
    </>
  );
}

function OfDisabling() {
  const t = useTranslations("flagDialog");
  return (
    <section>
      <h3 className="font-medium">{t("disableConsequences")}</h3>
      <ul className="list-disc pl-5">
        <li>{t("disableDark")}</li>
        <li>{t("disableDropped")}</li>
        <li>{t.rich("disableIds", { code })}</li>
      </ul>
    </section>
  );
}

function Item({ children }: { children: ReactNode }) {
  return (
    <li className="flex gap-1.5">
      <Square aria-hidden className="mt-[3px] size-3.5 shrink-0 text-muted" />
      <span>{children}</span>
    </li>
  );
}
