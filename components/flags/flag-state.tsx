import { useTranslations } from "next-intl";
import { Archive, CircleCheck, Smartphone } from "../ui/icons.tsx";

type Flag = { acceptsBsuid: boolean; retiredAt: string | null };

/** The state as a shape and a word, so that it does not depend on colour. */
export function FlagState({ flag }: { flag: Flag }) {
  const t = useTranslations("state");
  const { Icon, key, style } = LOOKS[toState(flag)];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${style}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {t(key)}
    </span>
  );
}

const LOOKS = {
  accepting: { Icon: CircleCheck, key: "accepting", style: "font-medium text-green" },
  phoneOnly: { Icon: Smartphone, key: "phoneOnly", style: "text-text" },
  retired: { Icon: Archive, key: "retired", style: "text-muted" },
} as const;

function toState({ acceptsBsuid, retiredAt }: Flag): keyof typeof LOOKS {
  if (retiredAt !== null) return "retired";
  return acceptsBsuid ? "accepting" : "phoneOnly";
}
