import { useTranslations } from "next-intl";
import { Notice } from "../ui/notice.tsx";

/** The pasted numbers that nothing has, so that none gets lost. */
export function NotFoundNotice({ numbers }: { numbers: readonly string[] }) {
  const t = useTranslations("numbers");
  if (numbers.length === 0) return null;
  return (
    <div className="pb-3">
      <Notice tone="warning">
        <h2 className="font-medium">{t("notFoundTitle", { count: numbers.length })}</h2>
        <ul className="flex flex-wrap gap-x-4 font-mono text-xs">
          {numbers.map((number) => (
            <li key={number}>{number}</li>
          ))}
        </ul>
        <p className="pt-1 text-xs">{t("notFoundHint")}</p>
      </Notice>
    </div>
  );
}
