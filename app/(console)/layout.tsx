import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { FlagChanges } from "#components/flags/flag-changes.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { AutoRefresh } from "#components/shell/auto-refresh.tsx";
import { findActor } from "../session.ts";
import { setFlagAction } from "./numbers/set-flag-action.ts";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await findActor();
  // The page knows where to come back to, so the page sends to the sign-in.
  if (!actor) return children;
  const shell = await getTranslations("shell");
  const flagSwitch = await getTranslations("flagSwitch");
  const { flagDialog } = await getMessages();
  return (
    <AppShell person={actor}>
      <FlagChanges
        setFlag={setFlagAction}
        locale={await getLocale()}
        messages={{ flagDialog }}
        words={{ cannotOpen: flagSwitch("cannotOpen"), dismiss: flagSwitch("dismiss") }}
      >
        {children}
      </FlagChanges>
      <AutoRefresh unreachable={shell("unreachable")} ended={shell("sessionEnded")} />
    </AppShell>
  );
}
