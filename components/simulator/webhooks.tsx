import { useTranslations } from "next-intl";
import { useState } from "react";
import type { OffAndOn } from "./decide-entry.ts";
import { diffJson } from "./diff-json.ts";
import { WebhookPair } from "./webhook-pair.tsx";

const MAX_PATHS = 5;

/** The webhooks of one item, folded under a line that says where they differ. */
export function Webhooks({
  webhooks,
  acceptsBsuid,
  noneText,
  isOpen,
}: {
  webhooks: OffAndOn<object | null>;
  acceptsBsuid: boolean | null;
  noneText: string;
  isOpen: boolean;
}) {
  const t = useTranslations("simulator");
  // Folded ones are not rendered at all: a batch may have thousands.
  const [isDrawn, setIsDrawn] = useState(isOpen);
  const applies = acceptsBsuid === null ? null : acceptsBsuid ? "on" : "off";
  return (
    <details
      open={isOpen}
      onToggle={(event) => event.currentTarget.open && setIsDrawn(true)}
      className="pt-1"
    >
      <summary className="min-h-6 wrap-anywhere">
        <span className="font-medium">{t("webhooks")}</span> <Differences webhooks={webhooks} />
      </summary>
      {isDrawn && (
        <div className="pt-2">
          <WebhookPair webhooks={webhooks} applies={applies} noneText={noneText} />
        </div>
      )}
    </details>
  );
}

function Differences({ webhooks: { off, on } }: { webhooks: OffAndOn<object | null> }) {
  const t = useTranslations("simulator");
  if (off === null && on === null) return <span className="text-muted">{t("neither")}</span>;
  if (off === null || on === null) return <span className="text-muted">{t("onlyOne")}</span>;
  const { paths } = diffJson(off, on);
  const hidden = paths.length - MAX_PATHS;
  return (
    <span className="text-muted">
      {t("differ", { count: paths.length })}{" "}
      <span className="font-mono text-meta">{paths.slice(0, MAX_PATHS).join(", ")}</span>
      {hidden > 0 && <> {t("differMore", { count: hidden })}</>}
    </span>
  );
}
