import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import type { Loss } from "#lib/numbers/read-losses.ts";
import { toFlagNumber } from "../flags/flag-number.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { FlagSwitch } from "../flags/flag-switch.tsx";
import { isolate } from "../ui/isolate.ts";
import { PlainLink } from "../ui/plain-link.tsx";
import { CopyId } from "./copy-id.tsx";
import { LastChange } from "./last-change.tsx";
import { LiveCount } from "./live-count.tsx";
import { Lost } from "./lost.tsx";
import { PhoneNumber } from "./phone-number.tsx";
import { SELECTED_NUMBER, SELECTION_FORM } from "./selection-form.ts";

/** One number: its name, account, flag, losses and last change. 40 px high where it is a table row. */
export function NumberRow({
  number,
  loss,
  mostLost,
  liveRevisions,
  canSelect,
  canSetFlag,
  needsTwoPeople,
}: {
  number: NumberRecord;
  loss: Loss | null;
  /** The most that a number of the list lost in a day, the scale of the bars. */
  mostLost: number;
  liveRevisions: readonly (number | null)[];
  canSelect: boolean;
  canSetFlag: boolean;
  needsTwoPeople: boolean;
}) {
  const t = useTranslations("numbers");
  const flagSwitch = useTranslations("flagSwitch");
  const { phoneNumberId, label, account } = number;
  return (
    <tr data-live-id={phoneNumberId}>
      {canSelect && (
        <td data-cell="select">
          <input
            type="checkbox"
            name={SELECTED_NUMBER}
            value={phoneNumberId}
            form={SELECTION_FORM}
            data-account={account.id}
            data-account-name={account.name}
            aria-label={t("select", { label })}
          />
        </td>
      )}
      <th scope="row" data-cell="number">
        <PlainLink href={`/numbers/${phoneNumberId}`}>
          <bdi>{label}</bdi>
        </PlainLink>
        <small>
          <PhoneNumber e164={number.displayPhoneNumber} />
          <span className="lg:hidden">
            {" · "}
            <bdi>{account.name}</bdi>
          </span>
        </small>
      </th>
      <td data-cell="account" className="max-lg:hidden">
        <PlainLink href={`/accounts/${account.id}`}>
          <bdi>{account.name}</bdi>
        </PlainLink>
        <small>
          <bdi>{account.manager?.name ?? t("noManager")}</bdi>
        </small>
      </td>
      <td data-cell="state">
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
            <Live revision={number.flagRevision} liveRevisions={liveRevisions} />
          </span>
        </span>
      </td>
      <td data-cell="lost">
        <Lost loss={loss} mostLost={mostLost} />
      </td>
      <td data-cell="changed">
        <LastChange number={number} />
      </td>
      <td data-cell="more" className="max-xl:hidden">
        <CopyId id={phoneNumberId} label={label} />
      </td>
    </tr>
  );
}

/** Shown only while a runtime lacks the row's last change. */
function Live({
  revision,
  liveRevisions,
}: {
  revision: number;
  liveRevisions: readonly (number | null)[];
}) {
  const live = liveRevisions.filter((applied) => (applied ?? -1) >= revision).length;
  if (revision === 0 || live === liveRevisions.length) return null;
  return <LiveCount live={live} total={liveRevisions.length} />;
}
