import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import { History } from "#components/history/history.tsx";
import { HistorySkeleton } from "#components/history/history-skeleton.tsx";
import { Acceptance } from "#components/number-page/acceptance.tsx";
import { Crumbs } from "#components/number-page/crumbs.tsx";
import { FlipPreview } from "#components/number-page/flip-preview.tsx";
import { ForceButton } from "#components/number-page/force-button.tsx";
import { Neighbours } from "#components/number-page/neighbours.tsx";
import { NumberActs } from "#components/number-page/number-acts.tsx";
import { NumberFacts } from "#components/number-page/number-facts.tsx";
import { RetireButton } from "#components/number-page/retire-button.tsx";
import type { Flip } from "#components/number-page/to-chart.ts";
import { Traffic } from "#components/number-page/traffic.tsx";
import { PhoneNumber } from "#components/numbers/phone-number.tsx";
import { OtherWishes } from "#components/requests/other-wishes.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { Late } from "#components/ui/late.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/access/authorize.ts";
import { needingTwoPeople } from "#lib/accounts/needs-two-people.ts";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { listNeighbours } from "#lib/numbers/list-neighbours.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { readTraffic } from "#lib/numbers/read-traffic.ts";
import { listOtherWishes } from "#lib/requests/list-other-wishes.ts";
import { readLiveState } from "#lib/runtimes/read-live-state.ts";
import { toLocalTime } from "#lib/schedules/local-time.ts";
import { ActionDialogs } from "../../../action-dialogs.tsx";
import { findBriefly } from "../../../find-briefly.ts";
import { requireActor } from "../../../session.ts";
import { forceFlagAction, retireNumberAction } from "../actions.ts";
import { findHistory, type NumberHistory } from "./find-history.ts";
import { requireNumber } from "./require-number.ts";

const TRAFFIC_DAYS = 30;

type Props = PageProps<"/numbers/[phoneNumberId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { phoneNumberId } = await params;
  const actor = await requireActor(`/numbers/${phoneNumberId}`);
  const { label } = await requireNumber(actor, phoneNumberId);
  return { title: isolate(label) };
}

export default async function NumberPage({ params, searchParams }: Props) {
  const { phoneNumberId } = await params;
  const { before } = await searchParams;
  const actor = await requireActor(`/numbers/${phoneNumberId}`);
  const number = await requireNumber(actor, phoneNumberId);
  const cursor = typeof before === "string" ? before : null;
  const canSetFlag = can(actor, "flag:set");
  const timeZone = await getTimeZone();
  const canForce = can(actor, "flag:force") && number.retiredAt === null;
  const [history, neighbours, live, traffic, needingTwo, wishes, t] = await Promise.all([
    findBriefly(findHistory(actor, phoneNumberId, cursor)),
    listNeighbours(actor, number),
    readLiveState(actor, number.flagRevision),
    readTraffic(actor, { phoneNumberId, timeZone, days: TRAFFIC_DAYS }),
    needingTwoPeople(actor, [number.account.id]),
    listOtherWishes(actor, { phoneNumberIds: [phoneNumberId] }),
    getTranslations("number"),
  ]);
  const needsTwoPeople = needingTwo.has(number.account.id);
  const toHistory = ({ page, forced }: NumberHistory) => (
    <History
      number={number}
      history={page}
      forced={forced}
      canSetFlag={canSetFlag}
      needsTwoPeople={needsTwoPeople}
      canReadTrail={can(actor, "audit:read")}
      isOlder={cursor !== null}
    />
  );
  return (
    <>
      <PageHeader
        title={<bdi>{number.label}</bdi>}
        beside={
          <p className="text-muted">
            <PhoneNumber e164={number.displayPhoneNumber} />
          </p>
        }
        back={{ href: "/numbers", name: t("back") }}
      >
        <NumberActs number={number} canAsk={!canSetFlag && can(actor, "request:create")} />
      </PageHeader>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 pt-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="column flex min-w-0 flex-col gap-6">
          <div className="flex flex-col gap-2">
            <Crumbs number={number} />
            <Acceptance
              number={number}
              live={live}
              canSetFlag={canSetFlag}
              needsTwoPeople={needsTwoPeople}
              isBySession={can({ ...actor, passwordMaker: null }, "flag:set")}
            />
          </div>
          <OtherWishes wishes={wishes} isOfNumber />
          <Late finding={history} fallback={<Traffic days={traffic} flips={[]} />}>
            {({ page }) => (
              <Traffic
                days={traffic}
                flips={toFlips(page, { timeZone, nobody: t("theConsole") })}
              />
            )}
          </Late>
          <Late finding={history} fallback={<HistorySkeleton />}>
            {toHistory}
          </Late>
          <FlipPreview number={number} />
        </div>
        <div className="column flex min-w-0 flex-col gap-6 lg:sticky lg:top-18">
          <Neighbours number={number} neighbours={neighbours} />
          <NumberFacts number={number} />
          <ActionDialogs words={["forceDialog", "retireDialog"]}>
            <div className="flex flex-wrap gap-2">
              {canForce && needsTwoPeople && (
                <ForceButton
                  number={toForceable(number)}
                  force={forceFlagAction.bind(null, actor.id)}
                />
              )}
              {can(actor, "number:retire") && number.retiredAt === null && (
                <RetireButton
                  number={toRetirable(number)}
                  retire={retireNumberAction.bind(null, actor.id)}
                />
              )}
            </div>
          </ActionDialogs>
        </div>
      </div>
    </>
  );
}

/** The flips among entries of the trail, for the chart. */
function toFlips(
  { items }: TrailPage,
  { timeZone, nobody }: { timeZone: string; nobody: string },
): Flip[] {
  return items
    .filter(({ action, outcome }) => outcome === "success" && FLIPS.includes(action))
    .map(({ id, action, occurredAt, actor }) => ({
      id,
      localAt: toLocalTime(new Date(occurredAt), timeZone),
      acceptsBsuid: action === "flag.enabled",
      who: actor.name ?? nobody,
    }));
}

const FLIPS: readonly string[] = ["flag.enabled", "flag.disabled"];

function toForceable({ phoneNumberId, label, acceptsBsuid, flagVersion }: NumberRecord) {
  return { phoneNumberId, label, acceptsBsuid, flagVersion };
}

const DIGITS_TO_CONFIRM = 4;

function toRetirable({ phoneNumberId, label, acceptsBsuid, displayPhoneNumber }: NumberRecord) {
  const lastDigits = displayPhoneNumber.slice(-DIGITS_TO_CONFIRM);
  return { phoneNumberId, label, acceptsBsuid, lastDigits };
}
