import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonStyle } from "../ui/button-style.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { Check, Copy, FileDown, X } from "../ui/icons.tsx";

/** The details of the trail's integrity, and how to check it without the console; opened by a button. */
export function IntegritySheet({
  id,
  publicKeys,
  children,
}: {
  id: string;
  /** The keys that sign heads or did so before, as base64. */
  publicKeys: readonly string[];
  /** The state of the trail, and the button that verifies it. */
  children: ReactNode;
}) {
  const t = useTranslations("audit.sheet");
  const title = `${id}-title`;
  const command = `node verify-export.mjs audit.jsonl ${publicKeys.join(",")}`;
  return (
    <div
      id={id}
      popover="auto"
      role="dialog"
      aria-labelledby={title}
      className="inset-y-0 right-0 left-auto m-0 h-dvh max-h-none w-full max-w-none flex-col overflow-y-auto bg-raised text-text shadow-raised open:flex sm:w-[30rem] sm:border-l sm:border-line-button"
    >
      <div className="sticky top-0 flex min-h-14 shrink-0 items-center justify-between border-b bg-raised px-page">
        <h2 id={title} className="text-title font-semibold tracking-tight">
          {t("title")}
        </h2>
        <button
          type="button"
          popoverTarget={id}
          popoverTargetAction="hide"
          aria-label={t("close")}
          className={buttonStyle({ variant: "quiet" })}
        >
          <X aria-hidden className="size-4" />
        </button>
      </div>
      <div className="flex flex-col gap-2 px-page py-4">{children}</div>
      <section aria-labelledby={`${id}-offline`} className="flex flex-col gap-2 px-page pb-6">
        <h3 id={`${id}-offline`} className="font-semibold">
          {t("offline")}
        </h3>
        <p className="text-muted">{t("offlineHint")}</p>
        <div className="flex items-start gap-1 rounded-control border bg-canvas p-3">
          <code className="min-w-0 flex-1 font-mono text-meta wrap-anywhere">{command}</code>
          <CopyButton
            value={command}
            name={t("copyCommand")}
            doneName={t("copied")}
            icon={<Copy aria-hidden className="size-3.5" />}
            doneIcon={<Check aria-hidden className="size-3.5" />}
          />
        </div>
        <p>
          <a href="/audit/verifier" download className={buttonStyle({ variant: "secondary" })}>
            <FileDown aria-hidden className="size-4" />
            {t("download")}
          </a>
        </p>
      </section>
    </div>
  );
}
