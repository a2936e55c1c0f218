import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PersonAccess } from "#components/people/person-access.tsx";
import { PersonSessions } from "#components/people/person-sessions.tsx";
import { PersonTokens } from "#components/people/person-tokens.tsx";
import { WaitingWork } from "#components/people/waiting-work.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { getConfig } from "#lib/config.ts";
import { listWaitingWork } from "#lib/people/list-waiting-work.ts";
import { listSessions } from "#lib/sessions/list-sessions.ts";
import { listTokens } from "#lib/tokens/list-tokens.ts";
import { requireActor } from "../../../session.ts";
import { revokeTokenAction } from "../../tokens/actions.ts";
import {
  endSessionAction,
  endWaitingWorkAction,
  forgetIdentityAction,
  renameAction,
  requestErasureAction,
  resetPasswordAction,
  setDisabledAction,
  setRoleAction,
  signOutEverywhereAction,
  withdrawErasureAction,
} from "../actions.ts";
import { requirePerson } from "./require-person.ts";

type Props = PageProps<"/people/[personId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { personId } = await params;
  const actor = await requireActor(`/people/${personId}`);
  const { name } = await requirePerson(actor, personId);
  return { title: isolate(name) };
}

export default async function PersonPage({ params }: Props) {
  const { personId } = await params;
  const actor = await requireActor(`/people/${personId}`);
  const person = await requirePerson(actor, personId);
  const [sessions, work, tokens, t] = await Promise.all([
    listSessions(actor, personId),
    listWaitingWork(actor, personId),
    listTokens(actor, { personId, hasEnded: false }),
    getTranslations("people"),
  ]);
  const { id, name, email, role } = person;
  const isSelf = id === actor.id;
  return (
    <>
      <PageHeader
        title={<bdi>{name}</bdi>}
        beside={
          <p className="text-muted wrap-anywhere">{isSelf ? `${email} (${t("you")})` : email}</p>
        }
        back={{ href: "/people", name: t("back") }}
      >
        <LinkButton href={`/people/${id}/undo`}>{t("undoWhatTheyDid")}</LinkButton>
        <LinkButton href={`/audit?who=${id}`}>{t("whatTheyDid")}</LinkButton>
      </PageHeader>
      <div className="grid pt-4 grid-cols-1 items-start gap-x-10 gap-y-6 lg:grid-cols-2">
        <PersonAccess
          person={person}
          isSelf={isSelf}
          actions={{
            rename: renameAction.bind(null, actor.id),
            requestErasure: requestErasureAction.bind(null, actor.id),
            withdrawErasure: withdrawErasureAction.bind(null, actor.id),
            setRole: setRoleAction.bind(null, actor.id),
            setDisabled: setDisabledAction.bind(null, actor.id),
            forgetIdentity: forgetIdentityAction.bind(null, actor.id),
            resetPassword: getConfig().passwordSignIn
              ? resetPasswordAction.bind(null, actor.id)
              : null,
          }}
        />
        <div className="flex flex-col gap-6">
          <PersonSessions
            person={{ id, name, email, role, isSelf }}
            sessions={sessions}
            endSession={endSessionAction.bind(null, actor.id)}
            signOut={signOutEverywhereAction.bind(null, actor.id)}
          />
          <WaitingWork
            personId={id}
            work={work}
            endWork={endWaitingWorkAction.bind(null, actor.id)}
          />
          <PersonTokens
            email={email}
            tokens={tokens.items}
            revoke={revokeTokenAction.bind(null, actor.id)}
          />
        </div>
      </div>
    </>
  );
}
