import { Bell as BellIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { NavLink } from "./nav-link.tsx";

/** The link to the person's notices, with how many they have not read. */
export function Bell({ unread }: { unread: number }) {
  const t = useTranslations("shell");
  return (
    <NavLink href="/notices" segment="notices">
      <BellIcon aria-hidden className="size-4" />
      <span className="sr-only">{t("notices", { count: unread })}</span>
      {unread > 0 && (
        <span aria-hidden className="pl-1 font-medium text-text tabular-nums">
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </NavLink>
  );
}
