import { useTranslations } from "next-intl";
import { useId } from "react";

/** A setting's name, its value, and the variables that set it; an empty list when nothing sets it. */
export type SettingLine = { name: string; value: string; setBy: readonly string[] | "measured" };

/** Settings that belong together. */
export function SettingsSection({
  title,
  lines,
}: {
  title: string;
  lines: readonly SettingLine[];
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="pb-1 font-semibold">
        {title}
      </h2>
      <dl className="border-t">
        {lines.map(({ name, value, setBy }) => (
          <div
            key={name}
            className="flex min-h-10 flex-wrap items-baseline gap-x-3 border-b py-2 sm:flex-nowrap"
          >
            <dt className="w-full shrink-0 text-muted sm:w-44">{name}</dt>
            <dd className="min-w-0 flex-1">
              <span className="block wrap-anywhere">{value}</span>
              <span className="block text-meta text-muted wrap-anywhere">
                <Source setBy={setBy} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Source({ setBy }: Pick<SettingLine, "setBy">) {
  const t = useTranslations("settings");
  if (setBy === "measured") return t("measured");
  if (setBy.length === 0) return t("fixed");
  return (
    <>
      {t("from")} <code className="font-mono">{setBy.join(", ")}</code>
    </>
  );
}
