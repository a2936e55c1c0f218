import { useTranslations } from "next-intl";
import type { ListedSession } from "#lib/sessions/list-sessions.ts";
import type { Action } from "../actions/action.ts";
import type { TargetPerson } from "./person-actions.ts";
import { EndSessionButton, SignOutEverywhereButton } from "./session-buttons.tsx";
import { Sessions } from "./sessions.tsx";

/** A person's sessions, with buttons to end one or all. */
export function PersonSessions({
  person,
  sessions,
  endSession,
  signOut,
}: {
  person: TargetPerson;
  sessions: readonly ListedSession[];
  endSession: Action<{ sessionId: string; reason: string }, null>;
  signOut: Action<{ personId: string; reason: string }, null>;
}) {
  const t = useTranslations("people");
  return (
    <Sessions
      title={t("sessions")}
      button={sessions.length > 0 && <SignOutEverywhereButton person={person} signOut={signOut} />}
      sessions={sessions}
      toButton={({ id, isCurrent }, where) => (
        <EndSessionButton
          sessionId={id}
          where={where}
          isCurrent={isCurrent}
          endSession={endSession}
        />
      )}
    >
      {sessions.length === 0 && <p className="border-t pt-2 text-muted">{t("sessionsNone")}</p>}
    </Sessions>
  );
}
