import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { NoticeSettings } from "#components/account/notice-settings.tsx";
import { OwnAccess } from "#components/account/own-access.tsx";
import { OwnPreferences } from "#components/account/own-preferences.tsx";
import { OwnSessions } from "#components/account/own-sessions.tsx";
import { WaitingWork } from "#components/people/waiting-work.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { getConfig } from "#lib/config.ts";
import { listNoticeSettings } from "#lib/notices/list-notice-settings.ts";
import { getPerson } from "#lib/people/get-person.ts";
import { listWaitingWork } from "#lib/people/list-waiting-work.ts";
import { MIN_PASSWORD_CHARACTERS } from "#lib/people/password.ts";
import { listSessions } from "#lib/sessions/list-sessions.ts";
import { findPreferences, requireActor } from "../../session.ts";
import { readBrowserZone } from "../../time-zone.ts";
import { endWaitingWorkAction } from "../people/actions.ts";
import {
  changePasswordAction,
  endOwnSessionAction,
  setMutedAction,
  setPreferencesAction,
  signOutSelfAction,
} from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

export default async function AccountPage() {
  const actor = await requireActor("/account");
  const [person, work, sessions, preferences, settings, t] = await Promise.all([
    getPerson(actor, actor.id),
    listWaitingWork(actor, actor.id),
    listSessions(actor, actor.id),
    findPreferences(),
    listNoticeSettings(actor),
    getTranslations("account"),
  ]);
  return (
    <>
      <PageHeader title={t("title")} />
      <p className="py-4 text-muted">
        {t.rich("lead", {
          tokens: (words) => (
            <Link
              href="/tokens"
              prefetch={false}
              className="underline decoration-line-field underline-offset-3"
            >
              {words}
            </Link>
          ),
        })}
      </p>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 lg:grid-cols-2">
        <OwnAccess
          person={person}
          fewestCharacters={MIN_PASSWORD_CHARACTERS}
          changePassword={
            getConfig().passwordSignIn ? changePasswordAction.bind(null, actor.id) : null
          }
        />
        <OwnSessions
          sessions={sessions}
          endSession={endOwnSessionAction.bind(null, actor.id)}
          signOut={signOutSelfAction.bind(null, actor.id)}
        />
        <WaitingWork
          personId={actor.id}
          isOwn
          work={work}
          endWork={endWaitingWorkAction.bind(null, actor.id)}
        />
        <OwnPreferences
          preferences={preferences}
          browserZone={await readBrowserZone()}
          setPreferences={setPreferencesAction.bind(null, actor.id)}
        />
        <NoticeSettings settings={settings} setMuted={setMutedAction.bind(null, actor.id)} />
      </div>
    </>
  );
}
