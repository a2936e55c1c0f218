import { useTranslations } from "next-intl";
import type { SignedEntry } from "#lib/audit/private/signed-entry.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { Check, Copy } from "../ui/icons.tsx";

/** The entry as it is exported and hashed, folded away. */
export function EntryJson({ entry }: { entry: SignedEntry }) {
  const t = useTranslations("entry");
  const json = JSON.stringify(entry, null, 2);
  return (
    <details>
      <summary className="min-h-6 font-semibold">{t("json")}</summary>
      <div className="relative mt-2 rounded-control border bg-canvas">
        <span className="absolute top-1 right-1">
          <CopyButton
            value={json}
            name={t("copyJson")}
            doneName={t("copiedJson")}
            icon={<Copy aria-hidden className="size-3.5" />}
            doneIcon={<Check aria-hidden className="size-3.5" />}
          />
        </span>
        <pre className="p-3 pr-8 font-mono text-meta wrap-anywhere whitespace-pre-wrap">{json}</pre>
      </div>
    </details>
  );
}
