import { getFormatter, getTranslations } from "next-intl/server";
import type { JumpGroup, JumpOption } from "#components/keys/jumps.ts";
import { toPhoneText } from "#components/numbers/phone-groups.ts";
import { PAGES } from "#components/shell/pages.ts";
import type { PersonActor } from "#lib/access/actor.ts";
import { can } from "#lib/access/authorize.ts";
import type { AccountRecord } from "#lib/accounts/account-record.ts";
import { foldText } from "#lib/fold-text.ts";
import type { FoundJumps } from "#lib/jump/find-jumps.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { toAuditHref } from "../audit/audit-query.ts";
import { toNumbersHref } from "../numbers/number-query.ts";
import { toAskHref } from "../requests/new/ask-query.ts";
import { toRequestsHref } from "../requests/requests-query.ts";
import { toScheduleHref } from "../schedule/schedule-query.ts";
import { ACTS } from "./acts.ts";

type Words = {
  t: Awaited<ReturnType<typeof getTranslations<"jump">>>;
  format: Awaited<ReturnType<typeof getFormatter>>;
};

/** What was found, and the pages and acts of that name, in groups with words. Empty groups are left out. */
export async function toGroups(
  actor: PersonActor,
  q: string,
  found: FoundJumps,
): Promise<JumpGroup[]> {
  const words = { t: await getTranslations("jump"), format: await getFormatter() };
  const { t } = words;
  const [account] = found.accounts;
  const pages = keepNamed(await toPages(actor), q);
  const acts = keepNamed(await toActs(actor, words), q);
  const things = [
    { title: t("numbers"), options: toNumbers(found, q, words) },
    { title: t("accounts"), options: found.accounts.map((one) => toAccount(one, words)) },
    { title: t("people"), options: await toPeople(found) },
  ];
  const places = [
    { title: t("pages"), options: [...pages, ...toPagesOf(account, { actor, ...words })] },
    { title: t("acts"), options: acts },
  ];
  // Who types the beginning of a page's name means the page.
  const isPlace = q !== "" && [...pages, ...acts].some(({ title }) => isBegunBy(title, q));
  const groups = isPlace ? [...places, ...things] : [...things, ...places];
  groups.push(...toActsOn(found.numbers[0], { actor, ...words }));
  return groups.filter(({ options }) => options.length > 0);
}

function isBegunBy(title: string, q: string): boolean {
  return foldText(title).startsWith(foldText(q));
}

function keepNamed(options: readonly JumpOption[], q: string): JumpOption[] {
  const words = foldText(q).split(" ");
  return options.filter(({ title }) => words.every((word) => foldText(title).includes(word)));
}

function toNumbers({ numbers, numberCount, losses }: FoundJumps, q: string, words: Words) {
  const { t, format } = words;
  const options = numbers.map((number): JumpOption => {
    const lost = losses.get(number.phoneNumberId)?.week ?? 0;
    return {
      href: `/numbers/${number.phoneNumberId}`,
      icon: "numbers",
      title: number.label,
      detail: `${toPhoneText(number.displayPhoneNumber)} · ${number.account.name}`,
      ...(lost > 0 ? { loss: t("lost", { lost: format.number(lost) }) } : {}),
      flag: number,
    };
  });
  const { total, isCapped } = numberCount;
  if (total > numbers.length) {
    const title = t(isCapped ? "allCapped" : "all", { count: total });
    options.push({ href: toNumbersHref({ q, state: "all" }), icon: "list", title });
  }
  return options;
}

function toAccount({ id, name, numbers, manager, portfolios }: AccountRecord, { t }: Words) {
  const detail = t("accountDetail", { count: numbers.on + numbers.off });
  return {
    href: `/accounts/${id}`,
    icon: "accounts" as const,
    title: name,
    detail: manager ? `${detail} · ${manager.name}` : detail,
    ...(portfolios.some(({ isMixed }) => isMixed) ? { loss: t("mixed") } : {}),
  };
}

async function toPeople({ people }: FoundJumps): Promise<JumpOption[]> {
  const role = await getTranslations("role");
  return people.map((person) => ({
    href: `/people/${person.id}`,
    icon: "person",
    title: person.name,
    detail: `${role(person.role)} · ${person.email}`,
  }));
}

async function toPages(actor: PersonActor): Promise<JumpOption[]> {
  const shell = await getTranslations("shell");
  const pages = PAGES.filter(({ permission }) => permission === null || can(actor, permission));
  const losing = {
    href: toNumbersHref({ state: "losing", sort: "loss" }),
    icon: "losing" as const,
    title: shell("losing"),
  };
  return [
    ...pages.map(({ segment }) => ({
      href: `/${segment}`,
      icon: segment,
      title: segment === "notices" ? shell(segment, { count: 0 }) : shell(segment),
    })),
    ...(can(actor, "number:read") ? [losing] : []),
  ];
}

/** The pages that show more of an account. */
function toPagesOf(
  account: AccountRecord | undefined,
  { actor, t }: Words & { actor: PersonActor },
): JumpOption[] {
  if (!account) return [];
  const { id, name, openRequests } = account;
  const requests = {
    href: toRequestsHref({ account: id }),
    icon: "requests" as const,
    title: t("requestsOf", { name }),
    note: t("open", { count: openRequests }),
  };
  if (!can(actor, "audit:read")) return [requests];
  const title = t("auditOf", { name });
  return [requests, { href: toAuditHref({ account: id }), icon: "audit", title }];
}

async function toActs(actor: PersonActor, { t }: Words): Promise<JumpOption[]> {
  const shell = await getTranslations("shell");
  return ACTS.filter(({ permission }) => can(actor, permission)).map(({ act, href, page }) => ({
    href,
    icon: "act",
    title: t(`act.${act}`),
    note: shell(page),
  }));
}

/** What can be done with a number in service. */
function toActsOn(
  number: NumberRecord | undefined,
  { actor, t }: Words & { actor: PersonActor },
): JumpGroup[] {
  if (!number || number.retiredAt !== null) return [];
  const { phoneNumberId, label, acceptsBsuid } = number;
  const options: JumpOption[] = [];
  if (can(actor, "request:create")) {
    const href = toAskHref({ number: [phoneNumberId], accepts: !acceptsBsuid });
    options.push({ href, icon: "requests", title: t(acceptsBsuid ? "askOff" : "askOn") });
  }
  if (can(actor, "schedule:create")) {
    const href = toScheduleHref({ q: phoneNumberId });
    options.push({ href, icon: "schedule", title: t("schedule") });
  }
  const href = `/simulator?number=${phoneNumberId}`;
  options.push({ href, icon: "simulator", title: t("simulate") });
  return [{ title: t("actsOn", { label }), options }];
}
