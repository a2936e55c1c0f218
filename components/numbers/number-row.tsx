import Link from "next/link";
import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import type { Loss } from "#lib/numbers/read-losses.ts";
import { toFlagNumber } from "../flags/flag-number.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { FlagSwitch } from "../flags/flag-switch.tsx";
import { isolate } from "../ui/isolate.ts";
import { LastChange } from "./last-change.tsx";
import { LiveCount } from "./live-count.tsx";
import { Lost } from "./lost.tsx";
import { PhoneNumber } from "./phone-number.tsx";
import { SELECTION_FORM } from "./selection-bar.tsx";

const CELL = "block min-w-0 py-0.5 leading-4 md:table-cell md:h-10 md:px-2 md:py-0 md:align-middle";

/** One number: its name, account, flag, losses and last change. 40 px high where it is a table row. */
export function NumberRow({
  number,
  loss,
  liveRevisions,
  canSetFlag,
  needsTwoPeople,
}: {
  number: NumberRecord;
  loss: Loss | null;
  liveRevisions: readonly (number | null)[];
  canSetFlag: boolean;
  needsTwoPeople: boolean;
}) {
  const t = useTranslations("numbers");
  const flagSwitch = useTranslations("flagSwitch");
  const { phoneNumberId, label, account } = number;
  return (
    <tr className="grid grid-cols-2 gap-x-4 border-t py-2 hover:bg-hover md:table-row md:py-0">
      <td className={`${CELL} max-md:col-span-2 md:pl-0`}>
        {canSetFlag && (
          <input
            type="checkbox"
            name="number"
            value={phoneNumberId}
            form={SELECTION_FORM}
            aria-label={t("select", { label })}
            className="float-left mt-2 mr-3 size-4 accent-ink"
          />
        )}
        <Link
          href={`/numbers/${phoneNumberId}`}
          prefetch={false}
          className="block truncate font-medium hover:underline"
        >
          <bdi>{label}</bdi>
        </Link>
        <span className="block truncate text-meta text-muted">
          <PhoneNumber e164={number.displayPhoneNumber} />
        </span>
      </td>
      <td className={CELL}>
        <Link
          href={`/accounts/${account.id}`}
          prefetch={false}
          className="block truncate hover:underline"
        >
          <bdi>{account.name}</bdi>
        </Link>
        <span className="block truncate text-meta text-muted">
          <bdi>{account.manager?.name ?? t("noManager")}</bdi>
        </span>
      </td>
      <td className={`${CELL} max-md:order-1 max-md:col-span-2`}>
        <span className="flex min-h-6 items-center gap-2">
          {canSetFlag && number.retiredAt === null && (
            <FlagSwitch
              number={toFlagNumber(number)}
              needsTwoPeople={needsTwoPeople}
              name={flagSwitch("name", { label: isolate(label) })}
            />
          )}
          <span>
            <FlagState flag={number} />
            {number.flagRevision > 0 && liveRevisions.length > 0 && (
              <LiveCount
                live={
                  liveRevisions.filter((revision) => (revision ?? -1) >= number.flagRevision).length
                }
                total={liveRevisions.length}
              />
            )}
          </span>
        </span>
      </td>
      <td className={`${CELL} max-md:order-1 max-md:col-span-2 md:text-right`}>
        <Lost loss={loss} />
      </td>
      <td className={CELL}>
        <LastChange number={number} />
      </td>
      <td
        className={`${CELL} truncate font-mono text-meta max-md:order-2 max-md:col-span-2 md:max-xl:hidden md:pr-0`}
      >
        {phoneNumberId}
      </td>
    </tr>
  );
}
