import { useTranslations } from "next-intl";
import type { ListedSession } from "#lib/sessions/list-sessions.ts";
import { Sessions } from "../people/sessions.tsx";
import {
  type EndOwnSession,
  EndOwnSessionButton,
  type SignOutSelf,
  SignOutSelfButton,
} from "./own-session-buttons.tsx";

/** The signed-in person's own sessions. The current one ends by signing out. */
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
    <Sessions
      title={t("sessions")}
      button={<SignOutSelfButton signOut={signOut} />}
      sessions={sessions}
      toButton={({ id, isCurrent }, where) =>
        !isCurrent && <EndOwnSessionButton sessionId={id} where={where} endSession={endSession} />
      }
    >
      <p className="border-t pt-2 text-meta text-muted">{t("sessionsMean")}</p>
    </Sessions>
  );
}
