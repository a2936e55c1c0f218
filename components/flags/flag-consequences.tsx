import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

const code = (chunks: ReactNode) => <code className="font-mono text-[0.9em]">{chunks}</code>;

/** Says what the change will do to the business's traffic. */
export function FlagConsequences({
  acceptsBsuid,
  isOnceApproved = false,
}: {
  acceptsBsuid: boolean;
  /** Whether somebody else approves it first. */
  isOnceApproved?: boolean;
}) {
  const t = useTranslations("flagDialog");
  const heading = t(isOnceApproved ? "onceApproved" : "consequences");
  return acceptsBsuid ? <OfEnabling heading={heading} /> : <OfDisabling heading={heading} />;
}

function OfEnabling({ heading }: { heading: string }) {
  const t = useTranslations("flagDialog");
  return (
    <>
      <section>
        <h3 className="font-medium">{heading}</h3>
        <ul className="list-disc pl-5">
          <li>{t.rich("enableIds", { code })}</li>
          <li>{t("enableAccepts")}</li>
          <li>{t("enableLost")}</li>
        </ul>
      </section>
      <section>
        <h3 className="font-medium">{t("checklist")}</h3>
        <ul className="grid list-disc gap-x-8 pl-5 sm:grid-cols-2">
          <li>{t.rich("checkEmptyPhone", { code })}</li>
          <li>{t.rich("checkUserId", { code })}</li>
          <li>{t("checkPasswords")}</li>
          <li>{t("checkChange")}</li>
        </ul>
      </section>
    </>
  );
}

function OfDisabling({ heading }: { heading: string }) {
  const t = useTranslations("flagDialog");
  return (
    <section>
      <h3 className="font-medium">{heading}</h3>
      <ul className="list-disc pl-5">
        <li>{t("disableDark")}</li>
        <li>{t("disableDropped")}</li>
        <li>{t.rich("disableIds", { code })}</li>
      </ul>
    </section>
  );
}
