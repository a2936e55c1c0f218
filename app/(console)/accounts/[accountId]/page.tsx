import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountFacts } from "#components/accounts/account-facts.tsx";
import { AccountHistory } from "#components/accounts/account-history.tsx";
import { AccountNumbers } from "#components/accounts/account-numbers.tsx";
import { AccountRequests } from "#components/accounts/account-requests.tsx";
import { TwoPeopleRule } from "#components/accounts/two-people-rule.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { Actor } from "#lib/access/actor.ts";
import { can } from "#lib/access/authorize.ts";
import { getAccount } from "#lib/accounts/get-account.ts";
import { listAccountHistory } from "#lib/accounts/list-account-history.ts";
import { listAccountNumbers } from "#lib/accounts/list-account-numbers.ts";
import { listPossibleManagers } from "#lib/accounts/list-possible-managers.ts";
import { readLosses } from "#lib/numbers/read-losses.ts";
import { listRequestSummaries } from "#lib/requests/list-request-summaries.ts";
import { requireActor } from "../../../session.ts";
import { setAccountPeopleAction, setAccountZoneAction, setTwoPeopleAction } from "../actions.ts";
import { orNotFound } from "./or-not-found.ts";

type Props = PageProps<"/accounts/[accountId]">;

const HISTORY_SIZE = 20;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { accountId } = await params;
  const actor = await requireActor(`/accounts/${accountId}`);
  const { name } = await orNotFound(getAccount(actor, accountId));
  return { title: isolate(name) };
}

export default async function AccountPage({ params, searchParams }: Props) {
  const { accountId } = await params;
  const { before } = await searchParams;
  const actor = await requireActor(`/accounts/${accountId}`);
  const account = await orNotFound(getAccount(actor, accountId));
  const cursor = typeof before === "string" ? before : null;
  const page = { limit: HISTORY_SIZE, ...(cursor === null ? {} : { cursor }) };
  const [history, { numbers, losses }, requests, t] = await Promise.all([
    orNotFound(listAccountHistory(actor, accountId, page)),
    readNumbers(actor, accountId),
    listRequestSummaries(actor, { accountId, state: "open" }),
    getTranslations("accounts"),
  ]);
  const canManage = can(actor, "account:manage");
  return (
    <>
      <PageHeader
        title={<bdi>{account.name}</bdi>}
        beside={<p className="text-muted wrap-anywhere">{account.externalId}</p>}
        back={{ href: "/accounts", name: t("back") }}
      />
      <div className="grid pt-4 grid-cols-1 items-start gap-x-10 gap-y-6 lg:grid-cols-[26rem_1fr]">
        <div className="flex min-w-0 flex-col gap-6">
          <AccountFacts
            account={account}
            manage={
              canManage
                ? {
                    people: await listPossibleManagers(actor),
                    setPeople: setAccountPeopleAction.bind(null, actor.id),
                    setZone: setAccountZoneAction.bind(null, actor.id),
                  }
                : null
            }
          />
          <TwoPeopleRule
            account={account}
            // A request without numbers is about the rule.
            isAsked={requests.items.some(({ numberCount }) => numberCount === 0)}
            setTwoPeople={
              can(actor, "account:two-people") ? setTwoPeopleAction.bind(null, actor.id) : null
            }
          />
          <AccountRequests
            account={account}
            requests={requests.items}
            canAsk={can(actor, "request:create")}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <AccountNumbers account={account} numbers={numbers} losses={losses} />
          <AccountHistory
            accountId={accountId}
            history={history}
            canReadTrail={can(actor, "audit:read")}
            isOlder={cursor !== null}
          />
        </div>
      </div>
    </>
  );
}

async function readNumbers(actor: Actor, accountId: string) {
  const numbers = await listAccountNumbers(actor, accountId);
  const ids = numbers.map(({ phoneNumberId }) => phoneNumberId);
  return { numbers, losses: await readLosses(actor, ids) };
}
