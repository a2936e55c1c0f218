import { getTranslations } from "next-intl/server";
import type { FilterChoices } from "#components/audit/filter-fields.tsx";
import type { OptionGroup } from "#components/audit/option-groups.tsx";
import { ACTIONS } from "#components/history/event-icons.ts";
import { areaOf } from "#components/history/event-sentence.ts";
import { type Actor, CHANNELS } from "#lib/access/actor.ts";
import { OUTCOMES } from "#lib/audit/event.ts";
import { listTrailActors } from "#lib/audit/list-trail-actors.ts";
import { listAccounts } from "#lib/numbers/list-accounts.ts";

/** What the filters offer: who is in the trail, what can happen, which accounts there are. */
export async function readFilterChoices(actor: Actor): Promise<FilterChoices> {
  const [who, accounts, action, channel, outcome] = await Promise.all([
    readWho(actor),
    listAccounts(actor),
    readActions(),
    getTranslations("history.channel"),
    getTranslations("event.outcome"),
  ]);
  return {
    who,
    action,
    account: accounts.map(({ id, name }) => ({ value: id, name })),
    channel: CHANNELS.map((value) => ({ value, name: channel(value) })),
    outcome: OUTCOMES.map((value) => ({ value, name: outcome(value) })),
  };
}

async function readWho(actor: Actor): Promise<OptionGroup[]> {
  const t = await getTranslations("audit.actors");
  const actors = await listTrailActors(actor);
  const groups = (["person", "service", "system"] as const).map((type) => ({
    name: t(type),
    options: actors.filter((one) => one.type === type).map(({ id, name }) => ({ value: id, name })),
  }));
  return groups.filter(({ options }) => options.length > 0);
}

/** Every action by name, under what it is about. */
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
