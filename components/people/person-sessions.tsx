import { useTranslations } from "next-intl";
import type { ListedSession } from "#lib/access/list-sessions.ts";
import type { Act } from "../acts/act-result.ts";
import type { ActedOn } from "./person-act.ts";
import { EndSessionButton, SignOutEverywhereButton } from "./session-buttons.tsx";
import { SessionList } from "./session-list.tsx";

/** Where somebody is signed in now; each session can be ended, or all at once. */
export function PersonSessions({
  person,
  sessions,
  endSession,
  signOut,
}: {
  person: ActedOn;
  sessions: readonly ListedSession[];
  endSession: Act<{ sessionId: string; reason: string }, null>;
  signOut: Act<{ personId: string; reason: string }, null>;
}) {
  const t = useTranslations("people");
  return (
    <section aria-labelledby="sessions">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2 pb-1">
        <h2 id="sessions" className="font-semibold">
          {t("sessions")}
        </h2>
        {sessions.length > 0 && <SignOutEverywhereButton person={person} signOut={signOut} />}
      </div>
      {sessions.length === 0 && <p className="border-t pt-2 text-muted">{t("sessionsNone")}</p>}
      <SessionList
        sessions={sessions}
        toButton={({ id, isCurrent }, where) => (
          <EndSessionButton
            sessionId={id}
            where={where}
            isCurrent={isCurrent}
            endSession={endSession}
          />
        )}
      />
    </section>
  );
}
