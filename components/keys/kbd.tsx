import { useTranslations } from "next-intl";

const SIGNS: Readonly<Record<string, string>> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  Escape: "Esc",
};

/** A key as it is printed on a keyboard. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded-control border border-line-button bg-surface px-1.5 font-sans text-meta font-medium text-text">
      {children}
    </kbd>
  );
}

/** A press of the table of keys: "Mod+k" is two keys together, "g n" one then the other. */
export function Press({ press, isApple }: { press: string; isApple: boolean }) {
  const t = useTranslations("keys");
  const toName = (key: string) => {
    if (key === "Mod") return isApple ? "⌘" : "Ctrl";
    if (key === "Space") return t("space");
    return SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  };
  return press.split(" ").map((step, at) => (
    <span key={step} className="flex items-center gap-1">
      {at > 0 && <span className="px-0.5 text-muted">{t("then")}</span>}
      {step.split("+").map((key) => (
        <Kbd key={key}>{toName(key)}</Kbd>
      ))}
    </span>
  ));
}
