import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { PersonActor } from "#lib/access/actor.ts";
import { can } from "#lib/access/authorize.ts";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import { WithoutScripts } from "../ui/without-scripts.tsx";
import { Bell } from "./bell.tsx";
import { NavLink } from "./nav-link.tsx";
import { NAVIGATION } from "./pages.ts";
import { SignOut } from "./sign-out.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** The frame of every page: the current page, the navigation, and the signed-in person. */
export function AppShell({
  person,
  unread,
  children,
}: {
  person: PersonActor;
  /** How many of their notices they have not read. */
  unread: number;
  children: ReactNode;
}) {
  const t = useTranslations("shell");
  const product = useTranslations("product");
  const role = useTranslations("role");
  const pages = NAVIGATION.filter(
    ({ permission }) => permission === null || can(person, permission),
  );
  return (
    <>
      <a
        href="#content"
        className="sr-only z-10 rounded-control bg-accent px-3 py-2 text-accent-text focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {product("skipToContent")}
      </a>
      <header className="border-b bg-surface">
        <div className="mx-auto flex max-w-[90rem] flex-wrap items-center gap-x-5 gap-y-2 px-4 py-2 lg:px-6">
          <span className="font-semibold">{product("name")}</span>
          <nav aria-label={t("mainNavigation")}>
            {pages.map(({ segment }) => (
              <NavLink key={segment} href={`/${segment}`} segment={segment}>
                {t(segment)}
              </NavLink>
            ))}
          </nav>
          <div className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-2">
            <Bell unread={unread} />
            <p title={person.email}>
              <NavLink href="/account" segment="account">
                <span className="sr-only">{t("account")}: </span>
                <bdi>{person.name}</bdi>
              </NavLink>{" "}
              <span className="text-muted">{role(person.role)}</span>
            </p>
            <ThemeSwitch
              name={t("theme")}
              choices={{
                system: t("themeSystem"),
                light: t("themeLight"),
                dark: t("themeDark"),
              }}
            />
            <SignOut personId={person.id} />
          </div>
        </div>
      </header>
      <WithoutScripts text={t("needsScripts")} />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto max-w-[90rem] px-4 py-4 outline-none lg:px-6"
      >
        {person.passwordMaker && (
          <div className="pb-4">
            <Notice tone="warning">
              {t("madePassword", { maker: isolate(person.passwordMaker.name) })}
            </Notice>
          </div>
        )}
        {children}
      </main>
    </>
  );
}
