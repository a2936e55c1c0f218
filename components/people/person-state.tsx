import { useTranslations } from "next-intl";
import { Ban, CircleCheck } from "../ui/icons.tsx";

/** Whether a person may sign in, as a shape and a word. */
export function PersonState({ isDisabled }: { isDisabled: boolean }) {
  const t = useTranslations("people");
  const Icon = isDisabled ? Ban : CircleCheck;
  return (
    <span
      className={`flex items-center gap-1.5 whitespace-nowrap ${isDisabled ? "text-muted" : "text-green"}`}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      {t(isDisabled ? "disabled" : "active")}
    </span>
  );
}
