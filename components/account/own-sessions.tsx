import { useTranslations } from "next-intl";
import type { ListedSession } from "#lib/access/list-sessions.ts";
import { SessionList } from "../people/session-list.tsx";
import {
  type EndOwnSession,
  EndOwnSessionButton,
  type SignOutSelf,
  SignOutSelfButton,
} from "./own-session-buttons.tsx";

/** Where one is signed in oneself; the session in use ends by signing out. */
export function OwnSessions({
  sessions,
  endSession,
  signOut,
}: {
  sessions: readonly ListedSession[];
  endSession: EndOwnSession;
  signOut: SignOutSelf;
}) {
  const t = useTranslations("account");
  return (
    <section aria-labelledby="sessions">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2 pb-1">
        <h2 id="sessions" className="font-semibold">
          {t("sessions")}
        </h2>
        <SignOutSelfButton signOut={signOut} />
      </div>
      <SessionList
        sessions={sessions}
        toButton={({ id, isCurrent }, where) =>
          !isCurrent && <EndOwnSessionButton sessionId={id} where={where} endSession={endSession} />
        }
      />
      <p className="border-t pt-2 text-xs text-muted">{t("sessionsMean")}</p>
    </section>
  );
}
