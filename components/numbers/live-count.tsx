import { useTranslations } from "next-intl";

/** The number of runtimes that have the row's last change, while one lacks it. */
export function LiveCount({ live, total }: { live: number; total: number }) {
  const t = useTranslations("numbers");
  return <small className="text-amber">{t("liveOn", { live, total })}</small>;
}
