import { useTranslations } from "next-intl";
import { Bell as BellIcon } from "../ui/icons.tsx";
import { NavLink } from "./nav-link.tsx";

/** The link to the person's notices, with how many they have not read. */
export function Bell({ unread }: { unread: number }) {
  const t = useTranslations("shell");
  const name = t("notices", { count: unread });
  return (
    <NavLink
      href="/notices"
      segment="notices"
      title={name}
      style="relative flex min-h-8 min-w-8 items-center justify-center rounded-control text-muted hover:bg-hover aria-[current]:bg-selected aria-[current]:text-text max-rail:min-h-11 max-rail:min-w-11"
    >
      <BellIcon aria-hidden className="size-4" />
      <span className="sr-only">{name}</span>
      {unread > 0 && (
        // Over the bell, so that nothing moves when the first one comes.
        <span
          aria-hidden
          className="absolute top-0 right-0 min-w-4 rounded-full bg-ink px-1 text-center text-meta font-semibold text-on-ink tabular-nums"
        >
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </NavLink>
  );
}
