import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import type { AuditEvent } from "#lib/audit/event.ts";
import { CopyButton } from "../ui/copy-button.tsx";

/** The entry as it is exported and hashed, for those who ask. */
export function EntryJson({ event }: { event: AuditEvent }) {
  const t = useTranslations("entry");
  const json = JSON.stringify(event, null, 2);
  return (
    <details>
      <summary className="min-h-6 font-semibold">{t("json")}</summary>
      <div className="relative mt-2 rounded-control border bg-surface">
        <span className="absolute top-1 right-1">
          <CopyButton
            value={json}
            name={t("copyJson")}
            doneName={t("copiedJson")}
            icon={<Copy aria-hidden className="size-3.5" />}
            doneIcon={<Check aria-hidden className="size-3.5" />}
          />
        </span>
        <pre className="p-3 pr-8 font-mono text-xs wrap-anywhere whitespace-pre-wrap">{json}</pre>
      </div>
    </details>
  );
}
