import { useTranslations } from "next-intl";
import type { ListedSession } from "#lib/access/list-sessions.ts";
import type { Act } from "../acts/act-result.ts";
import { Moment } from "../moment.tsx";
import type { ActedOn } from "./person-act.ts";
import { EndSessionButton, SignOutEverywhereButton } from "./session-buttons.tsx";

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
      <ul>
        {sessions.map((session) => (
          <li key={session.id} className="flex items-start gap-3 border-t py-2">
            <Where session={session} />
            <EndSessionButton
              sessionId={session.id}
              where={session.ip ? t("sessionFrom", { ip: session.ip }) : ""}
              isCurrent={session.isCurrent}
              endSession={endSession}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Where({ session }: { session: ListedSession }) {
  const t = useTranslations("people");
  const { ip, userAgent, method, createdAt, lastSeenAt } = session;
  return (
    <div className="min-w-0 flex-1">
      <p>
        {t(method === "password" ? "sessionByPassword" : "sessionByOpenid")}
        {ip && <span className="tabular-nums"> {t("sessionFrom", { ip })}</span>}
        {session.isCurrent && <strong className="font-medium"> · {t("sessionCurrent")}</strong>}
      </p>
      <p className="text-xs text-muted wrap-anywhere">{userAgent ?? t("unknownProgram")}</p>
      <p className="text-xs text-muted">
        {t.rich("sessionBegan", {
          when: () => <Moment at={createdAt.toISOString()} />,
          seen: () => <Moment at={lastSeenAt.toISOString()} />,
        })}
      </p>
    </div>
  );
}
