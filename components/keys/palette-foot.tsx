import { useTranslations } from "next-intl";
import { Kbd, Press } from "./kbd.tsx";

/** What the keys do in the palette, and the way to all others. Not where there is no keyboard. */
export function PaletteFoot({ isApple, onShowKeys }: { isApple: boolean; onShowKeys: () => void }) {
  const t = useTranslations("keys");
  return (
    <div className="flex min-h-9 shrink-0 items-center gap-4 border-t px-4 text-meta text-muted max-rail:hidden">
      <span className="flex items-center gap-1.5">
        <Press press="ArrowUp" isApple={isApple} />
        <Press press="ArrowDown" isApple={isApple} />
        {t("choose")}
      </span>
      <span className="flex items-center gap-1.5">
        <Press press="Enter" isApple={isApple} />
        {t("open")}
      </span>
      <span className="flex items-center gap-1.5">
        <Press press="Mod+Enter" isApple={isApple} />
        {t("newTab")}
      </span>
      <button
        type="button"
        onClick={onShowKeys}
        className="ml-auto flex min-h-6 items-center gap-1.5"
      >
        <span className="underline decoration-line-field underline-offset-3">{t("allKeys")}</span>
        <Kbd>?</Kbd>
      </button>
    </div>
  );
}
