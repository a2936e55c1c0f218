import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import { AskForm } from "#components/requests/ask-form.tsx";
import { AskMatches } from "#components/requests/ask-matches.tsx";
import { OtherWishes } from "#components/requests/other-wishes.tsx";
import { Message } from "#components/ui/message.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listAskableNumbers } from "#lib/requests/list-askable-numbers.ts";
import { listOtherWishes } from "#lib/requests/list-other-wishes.ts";
import { orBadLink } from "../../../bad-link.ts";
import { orForbidden } from "../../../or-forbidden.ts";
import { requireActor } from "../../../session.ts";
import { createRequestAction } from "../actions.ts";
import { loadAskQuery, readFirstRequest, toAskHref } from "./ask-query.ts";

/** Of more numbers, as of a large request that is asked again, none is removed or added here. */
const MAX_LINKED = 100;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("askRequest");
  return { title: t("title") };
}

export default async function AskPage({ searchParams }: PageProps<"/requests/new">) {
  const query = await loadAskQuery(searchParams);
  const actor = await requireActor(toAskHref(query));
  const first = await readFirstRequest(actor, query);
  const ids = query.number.length > 0 ? query.number : [...first.states.keys()];
  const result = await orForbidden(
    orBadLink(listAskableNumbers(actor, { q: query.q, chosen: ids })),
  );
  const t = await getTranslations("askRequest");
  const requests = await getTranslations("requests");
  if (result === "bad-link") {
    return <Message title={requests("badLinkTitle")} hint={requests("badLinkHint")} />;
  }
  const { chosen, matches } = result;
  const chosenIds = chosen.map(({ number }) => number.phoneNumberId);
  // Each link names all that are chosen.
  const isMany = chosen.length > MAX_LINKED;
  const isManager = actor.role === "account_manager";
  return (
    <>
      <PageHeader title={t("title")} back={{ href: "/requests", name: requests("back") }} />
      <p className="max-w-prose py-4 text-muted">{t(isManager ? "leadOwn" : "lead")}</p>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <OtherWishes wishes={await listOtherWishes(actor, { phoneNumberIds: chosenIds })} />
          <AskForm
            numbers={chosen.map(({ number, isAskable }) => ({
              phoneNumberId: number.phoneNumberId,
              label: number.label,
              phone: number.displayPhoneNumber,
              acceptsBsuid: number.acceptsBsuid,
              isRetired: number.retiredAt !== null,
              isAskable,
              askedState: first.states.get(number.phoneNumberId) ?? null,
              removeHref: isMany
                ? null
                : toAskHref({
                    ...query,
                    number: chosenIds.filter((id) => id !== number.phoneNumberId),
                  }),
            }))}
            first={{
              wanted: query.accepts === null ? first.wanted : query.accepts ? "on" : "off",
              reason: first.reason,
              ticketUrl: first.ticketUrl,
              checks: first.checks,
            }}
            zone={await getTimeZone()}
            ask={createRequestAction.bind(null, actor.id)}
          />
        </div>
        {!isMany && (
          <AskMatches
            q={query.q}
            chosenIds={chosenIds}
            from={query.from}
            matches={matches.map((number) => ({
              number,
              addHref: toAskHref({ ...query, number: [...chosenIds, number.phoneNumberId] }),
            }))}
            noMatch={t(
              `${chosen.length > 0 ? "noOtherMatch" : "noMatch"}${isManager ? "Own" : ""}`,
            )}
            addAllHref={
              query.q !== "" && matches.length > 1
                ? toAskHref({
                    ...query,
                    number: [...chosenIds, ...matches.map(({ phoneNumberId }) => phoneNumberId)],
                  })
                : null
            }
          />
        )}
      </div>
    </>
  );
}
