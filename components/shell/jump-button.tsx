import { useTranslations } from "next-intl";
import { Search } from "../ui/icons.tsx";

/** Opens the palette, which components/keys/keys.tsx loads; an icon alone where the rail shows icons. */
export function JumpButton({ isApple, isIcon = false }: { isApple: boolean; isIcon?: boolean }) {
  const t = useTranslations("shell");
  const icon = <Search aria-hidden className="size-4 shrink-0" />;
  const common = {
    type: "button",
    "data-key": "jump",
    "aria-haspopup": "dialog",
    "aria-keyshortcuts": isApple ? "Meta+K" : "Control+K",
  } as const;
  if (isIcon) {
    return (
      <button
        {...common}
        aria-label={t("jump")}
        className="grid size-11 place-items-center rounded-control text-muted hover:bg-hover"
      >
        {icon}
      </button>
    );
  }
  return (
    <button
      {...common}
      title={t("jump")}
      className="flex min-h-8 w-full items-center gap-2 rounded-control border border-line-button bg-surface px-2 text-muted hover:bg-hover rail:max-names:justify-center rail:max-names:px-0"
    >
      {icon}
      <span className="rail:max-names:sr-only">{t("jump")}</span>
      <kbd aria-hidden className="ml-auto font-sans text-meta rail:max-names:hidden">
        {isApple ? "⌘K" : "Ctrl K"}
      </kbd>
    </button>
  );
}
