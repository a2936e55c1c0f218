import Link from "next/link";
import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { toSimulatorHref } from "../simulator/simulator-query.ts";
import { type CasePreview, previewWebhooks } from "./preview-webhooks.ts";
import { SenderChange } from "./sender-change.tsx";

/** The number's webhooks now and after a flip, for a customer of each kind. */
export function FlipPreview({ number }: { number: NumberRecord }) {
  const t = useTranslations("webhooks");
  if (number.retiredAt !== null) return null;
  const { phoneNumberId, acceptsBsuid } = number;
  return (
    <section aria-labelledby="webhooks">
      <h2 id="webhooks" className="font-semibold">
        {t("title")}
      </h2>
      <p className="text-meta text-muted">
        {t("hint", { state: acceptsBsuid ? "phoneOnly" : "accepting" })}
      </p>
      <ul className="flex flex-col gap-3 py-2">
        {previewWebhooks(number).map((preview) => (
          <li key={preview.sampleId}>
            <Preview preview={preview} />
          </li>
        ))}
      </ul>
      <Link
        href={toSimulatorHref({ number: phoneNumberId })}
        prefetch={false}
        className="underline underline-offset-2"
      >
        {t("toSimulator")}
      </Link>
    </section>
  );
}

function Preview({ preview: { case: messageCase, now, after } }: { preview: CasePreview }) {
  const t = useTranslations("webhooks");
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-medium">{t(`case.${messageCase}`)}</h3>
        <p className="text-meta text-muted">
          {t("becomes", { now: t(`action.${now.action}`), after: t(`action.${after.action}`) })}
        </p>
      </div>
      <SenderChange now={now.sender} after={after.sender} />
    </>
  );
}
