import { headers } from "next/headers";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { FlagDialogProvider } from "#components/flags/flag-dialog-provider.tsx";
import { KEYS } from "#components/keys/key-table.ts";
import { Keys } from "#components/keys/keys.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { ConnectedPage } from "#components/shell/connected-page.tsx";
import { TimeZoneCookie } from "#components/shell/time-zone-cookie.tsx";
import { Toasts } from "#components/ui/toasts.tsx";
import { can } from "#lib/access/authorize.ts";
import { readOverview } from "#lib/overview/read-overview.ts";
import { findActor } from "../session.ts";
import { readBrowserZone, timeZoneCookieName } from "../time-zone.ts";
import { setFlagAction } from "./numbers/actions.ts";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await findActor();
  // The page redirects to the sign-in: only it knows the address to return to.
  if (!actor) return children;
  const shell = await getTranslations("shell");
  const flagSwitch = await getTranslations("flagSwitch");
  const { flagDialog, actions, keys, state } = await getMessages();
  const locale = await getLocale();
  const isApple = await isFromApple();
  return (
    <ConnectedPage
      personId={actor.id}
      words={{
        unreachable: shell("unreachable"),
        ended: shell("sessionEnded"),
        otherPerson: shell("otherPerson"),
        outdated: shell("outdated"),
        notLive: shell("notLive"),
        reload: shell("reload"),
      }}
    >
      <TimeZoneCookie timeZone={await readBrowserZone()} cookieName={timeZoneCookieName()} />
      <AppShell person={actor} overview={await readOverview(actor)} isApple={isApple}>
        <Toasts dismissName={flagSwitch("dismiss")}>
          <FlagDialogProvider
            setFlag={setFlagAction.bind(null, actor.id)}
            locale={locale}
            messages={{ flagDialog, actions }}
            cannotOpen={flagSwitch("cannotOpen")}
          >
            {children}
          </FlagDialogProvider>
          <Keys
            keys={KEYS.filter((key) => !("permission" in key) || can(actor, key.permission))}
            isApple={isApple}
            locale={locale}
            messages={{ keys, state }}
            cannotOpen={flagSwitch("cannotOpen")}
          />
        </Toasts>
      </AppShell>
    </ConnectedPage>
  );
}

/** Whether the browser is on a system whose keyboards have ⌘. */
async function isFromApple(): Promise<boolean> {
  return /Mac|iPhone|iPad/.test((await headers()).get("user-agent") ?? "");
}
