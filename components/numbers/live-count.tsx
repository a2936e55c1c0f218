import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";

/** The number of runtimes on which the row's last change is live. */
export function LiveCount({ live, total }: { live: number; total: number }) {
  const t = useTranslations("numbers");
  const text = t("liveOn", { live, total });
  if (live === total) return <span className="block text-meta text-muted">{text}</span>;
  return (
    <span className="flex items-center gap-1 text-meta text-amber">
      <TriangleAlert aria-hidden className="size-3 shrink-0" />
      {text}
    </span>
  );
}
