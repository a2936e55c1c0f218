import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EntriesSkeleton } from "#components/history/entries-skeleton.tsx";
import { InviteButton } from "#components/people/invite-button.tsx";
import { WaitingErasures } from "#components/people/waiting-erasures.tsx";
import { FilterForm } from "#components/ui/filter-form.tsx";
import { Late } from "#components/ui/late.tsx";
import { ListCount } from "#components/ui/list-count.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { getConfig } from "#lib/config.ts";
import { listPeople } from "#lib/people/list-people.ts";
import { listWaitingErasures } from "#lib/people/list-waiting-erasures.ts";
import { findReadable } from "../../bad-link.ts";
import { findBriefly } from "../../find-briefly.ts";
import { orForbidden } from "../../or-forbidden.ts";
import { requireActor } from "../../session.ts";
import { invitePersonAction } from "./actions.ts";
import {
  loadPeopleQuery,
  PERSON_STATES,
  type PeopleQuery,
  peopleParsers,
  ROLE_CHOICES,
  toListInput,
  toPeopleHref,
} from "./people-query.ts";
import { PeopleResults } from "./people-results.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("title") };
}

export default async function PeoplePage({ searchParams }: PageProps<"/people">) {
  const query = await loadPeopleQuery(searchParams);
  const actor = await requireActor(toPeopleHref(query));
  const finding = await findBriefly(
    orForbidden(
      findReadable({ searchParams, parsers: peopleParsers }, () =>
        listPeople(actor, toListInput(query)),
      ),
    ),
  );
  const t = await getTranslations("people");
  const { choices, words } = await readFilters(query);
  return (
    <>
      <PageHeader
        title={t("title")}
        beside={<ListCount finding={finding} toWords={(count) => t("count", { count })} />}
      >
        <InviteButton
          invite={invitePersonAction.bind(null, actor.id)}
          hasPasswords={getConfig().passwordSignIn}
        />
      </PageHeader>
      <WaitingErasures people={await orForbidden(listWaitingErasures(actor))} />
      <FilterForm path="/people" q={query.q} choices={choices} words={words}>
        <Late finding={finding} fallback={<EntriesSkeleton words={t("loading")} />}>
          {(result) => <PeopleResults selfId={actor.id} query={query} result={result} />}
        </Late>
      </FilterForm>
    </>
  );
}

async function readFilters({ role, state }: PeopleQuery) {
  const t = await getTranslations("people");
  const roleName = await getTranslations("role");
  const stateNames = { all: t("anyState"), active: t("active"), disabled: t("disabled") };
  return {
    words: {
      search: t("search"),
      placeholder: t("searchPlaceholder"),
      apply: t("apply"),
      clear: t("clear"),
      filters: t("filters"),
    },
    choices: [
      {
        name: "role",
        label: t("filterRole"),
        value: role,
        defaultValue: "any",
        options: ROLE_CHOICES.map((value) => ({
          value,
          label: value === "any" ? t("anyRole") : roleName(value),
        })),
      },
      {
        name: "state",
        label: t("filterState"),
        value: state,
        defaultValue: "all",
        options: PERSON_STATES.map((value) => ({ value, label: stateNames[value] })),
      },
    ],
  };
}
