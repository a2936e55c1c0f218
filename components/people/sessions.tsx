import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ListedSession } from "#lib/sessions/list-sessions.ts";
import { Moment } from "../moment.tsx";

/** Sessions with their sign-in method, address, browser and start. */
export function Sessions({
  title,
  button,
  sessions,
  toButton,
  children,
}: {
  title: string;
  /** The button that ends all of them. */
  button: ReactNode;
  sessions: readonly ListedSession[];
  /** The button of a session; `where` describes the session, to tell it from the others. */
  toButton: (session: ListedSession, where: string) => ReactNode;
  /** Shown below the list. */
  children: ReactNode;
}) {
  const t = useTranslations("people");
  return (
    <section aria-labelledby="sessions">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2 pb-1">
        <h2 id="sessions" className="font-semibold">
          {title}
        </h2>
        {button}
      </div>
      <ul>
        {sessions.map((session) => (
          <li key={session.id} className="flex items-start gap-3 border-t py-2">
            <Where session={session} />
            {toButton(session, session.ip ? t("sessionFrom", { ip: session.ip }) : "")}
          </li>
        ))}
      </ul>
      {children}
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
      <p className="text-meta text-muted wrap-anywhere">{userAgent ?? t("unknownProgram")}</p>
      <p className="text-meta text-muted">
        {t.rich("sessionBegan", {
          when: () => <Moment at={createdAt.toISOString()} />,
          seen: () => <Moment at={lastSeenAt.toISOString()} />,
        })}
      </p>
    </div>
  );
}
