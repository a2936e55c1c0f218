import { useTranslations } from "next-intl";
import type { PersonActor } from "#lib/access/actor.ts";
import { can } from "#lib/access/authorize.ts";
import type { Overview } from "#lib/overview/read-overview.ts";
import { TrendingDown } from "../ui/icons.tsx";
import { Bell } from "./bell.tsx";
import { JumpButton } from "./jump-button.tsx";
import { Mark } from "./mark.tsx";
import { PAGE_ICONS } from "./page-icons.ts";
import { NAVIGATION, type Segment } from "./pages.ts";
import { PersonMenu } from "./person-menu.tsx";
import { RailCount } from "./rail-count.tsx";
import { RailItem } from "./rail-item.tsx";

/** The id of the navigation, for the button that opens it on a narrow screen. */
export const RAIL_ID = "rail";

/**
 * The navigation at the left: names from 1100 px on, icons from 768 px on, and below that a menu that the
 * top bar opens.
 */
export function Rail({
  person,
  overview,
  isApple,
}: {
  person: PersonActor;
  overview: Overview;
  /** Whether their keyboard has ⌘. */
  isApple: boolean;
}) {
  const t = useTranslations("shell");
  const product = useTranslations("product");
  return (
    <nav
      id={RAIL_ID}
      popover="auto"
      aria-label={t("mainNavigation")}
      className="inset-auto top-0 left-0 m-0 h-dvh max-h-none w-72 max-w-none flex-col overflow-y-auto border-0 border-r bg-canvas p-2 pt-0 text-text backdrop:bg-scrim open:flex rail:sticky rail:flex rail:w-auto"
    >
      <div className="flex min-h-14 shrink-0 items-center gap-2 px-2 rail:max-names:flex-col rail:max-names:px-0 rail:max-names:py-4">
        <Mark />
        <span className="font-semibold rail:max-names:sr-only">{product("name")}</span>
        <span className="ml-auto rail:max-names:ml-0">
          <Bell unread={overview.unread} />
        </span>
      </div>
      <div className="pb-2 max-rail:hidden">
        <JumpButton isApple={isApple} />
      </div>
      {NAVIGATION.map((group) => (
        <ul key={group[0].segment} className="pb-4">
          {group
            .filter(({ permission }) => permission === null || can(person, permission))
            .map(({ segment }) => (
              <Item key={segment} segment={segment} overview={overview} />
            ))}
        </ul>
      ))}
      <PersonMenu person={person} />
    </nav>
  );
}

const LOSING = "losing";

function Item({ segment, overview }: { segment: Segment; overview: Overview }) {
  const t = useTranslations("shell");
  const common = {
    href: `/${segment}` as const,
    segment,
    Icon: PAGE_ICONS[segment],
    name: t(segment),
  };
  const { inService, losing, requests, schedules, hasTroubledRuntime } = overview;
  const count = (value: number, key: "inService" | "waiting") => (
    <RailCount value={value} name={t(key, { count: value })} />
  );
  switch (segment) {
    case "numbers":
      return (
        <>
          <RailItem {...common} otherStates={[LOSING]} note={count(inService, "inService")} />
          <RailItem
            href={`/numbers?state=${LOSING}&sort=loss`}
            segment={segment}
            state={LOSING}
            Icon={TrendingDown}
            name={t("losing")}
            note={<RailCount value={losing} name={t("losingCount", { count: losing })} isLoss />}
          />
        </>
      );
    case "requests":
      return <RailItem {...common} note={count(requests, "waiting")} />;
    case "schedule":
      return <RailItem {...common} note={count(schedules, "waiting")} />;
    case "runtimes":
      return <RailItem {...common} note={hasTroubledRuntime && <Trouble />} />;
    default:
      return <RailItem {...common} />;
  }
}

function Trouble() {
  const t = useTranslations("shell");
  return (
    <>
      <span className="sr-only">{t("runtimeTrouble")}</span>
      <span
        aria-hidden
        className="ml-auto size-2 shrink-0 rounded-full bg-amber-fill rail:max-names:absolute rail:max-names:top-1 rail:max-names:right-1"
      />
    </>
  );
}
