import { getTranslations } from "next-intl/server";
import type { FilterChoices } from "#components/audit/filter-fields.tsx";
import type { OptionGroup } from "#components/audit/option-groups.tsx";
import { ACTIONS } from "#components/history/event-icons.ts";
import { areaOf } from "#components/history/event-sentence.ts";
import { type Actor, CHANNELS } from "#lib/access/actor.ts";
import { listAccountNames } from "#lib/accounts/list-account-names.ts";
import { OUTCOMES } from "#lib/audit/event.ts";
import { listTrailActors, type TrailActor } from "#lib/audit/search/list-trail-actors.ts";
import type { AuditQuery } from "./audit-query.ts";

/** The choices of the filters: actors in the trail, actions, and accounts. */
export async function readFilterChoices(actor: Actor, query: AuditQuery): Promise<FilterChoices> {
  const { people, accounts: accountWords } = query;
  const [trail, accounts, t, action, channel, outcome] = await Promise.all([
    listTrailActors(actor, { words: people, chosen: query.who }),
    listAccountNames(actor, { words: accountWords, chosen: query.account }),
    getTranslations("audit"),
    readActions(),
    getTranslations("history.channel"),
    getTranslations("event.outcome"),
  ]);
  return {
    who: await toGroups(trail.actors),
    whoNote: trail.hasMore ? t("morePeople") : null,
    action,
    accountNote:
      accounts.total > accounts.items.length
        ? t("moreAccounts", { shown: accounts.items.length, total: accounts.total })
        : null,
    account: accounts.items.map(({ id, name }) => ({ value: id, name })),
    channel: CHANNELS.map((value) => ({ value, name: channel(value) })),
    outcome: OUTCOMES.map((value) => ({ value, name: outcome(value) })),
  };
}

async function toGroups(actors: readonly TrailActor[]): Promise<OptionGroup[]> {
  const t = await getTranslations("audit.actors");
  const groups = (["person", "service", "system"] as const).map((type) => ({
    name: t(type),
    options: actors.filter((one) => one.type === type).map(({ id, name }) => ({ value: id, name })),
  }));
  return groups.filter(({ options }) => options.length > 0);
}

/** Every action by name, grouped by what it is about. */
async function readActions(): Promise<OptionGroup[]> {
  const t = await getTranslations("event");
  const groups = new Map<string, OptionGroup>();
  for (const action of ACTIONS) {
    const name = t(`area.${areaOf(action)}`);
    const group = groups.get(name) ?? { name, options: [] };
    group.options.push({ value: action, name: t(`action.${action}`) });
    groups.set(name, group);
  }
  return [...groups.values()];
}
