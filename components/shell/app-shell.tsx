import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { PersonActor } from "#lib/access/actor.ts";
import type { Overview } from "#lib/overview/read-overview.ts";
import { Menu } from "../ui/icons.tsx";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import { WithoutScripts } from "../ui/without-scripts.tsx";
import { Bell } from "./bell.tsx";
import { JumpButton } from "./jump-button.tsx";
import { RAIL_ID, Rail } from "./rail.tsx";

/** The frame of every page: the navigation at the left, the page beside it. */
export function AppShell({
  person,
  overview,
  isApple,
  children,
}: {
  person: PersonActor;
  overview: Overview;
  /** Whether their keyboard has ⌘. */
  isApple: boolean;
  children: ReactNode;
}) {
  const t = useTranslations("shell");
  const product = useTranslations("product");
  return (
    <>
      <a
        href="#content"
        className="sr-only z-20 rounded-control bg-ink px-3 py-2 text-on-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {product("skipToContent")}
      </a>
      <div className="min-h-dvh rail:grid rail:grid-cols-[3rem_minmax(0,1fr)] names:grid-cols-[13rem_minmax(0,1fr)]">
        <Rail person={person} overview={overview} isApple={isApple} />
        <div className="flex min-w-0 flex-col">
          <header className="sticky top-0 z-10 flex h-11 items-center gap-1 border-b bg-canvas px-1 rail:hidden">
            <button
              type="button"
              popoverTarget={RAIL_ID}
              aria-label={t("openMenu")}
              className="grid size-11 place-items-center rounded-control hover:bg-hover"
            >
              <Menu aria-hidden className="size-4" />
            </button>
            <span className="flex-1 font-semibold">{product("name")}</span>
            <JumpButton isApple={isApple} isIcon />
            <Bell unread={overview.unread} />
          </header>
          <main
            id="content"
            tabIndex={-1}
            className="flex min-w-0 flex-1 flex-col px-page pb-12 outline-none"
          >
            <WithoutScripts text={t("needsScripts")} />
            {person.passwordMaker && (
              <div className="pt-4">
                <Notice tone="warning">
                  {t("madePassword", { maker: isolate(person.passwordMaker.name) })}
                </Notice>
              </div>
            )}
            {children}
          </main>
        </div>
      </div>
    </>
  );
}
