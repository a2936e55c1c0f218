"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import type { AccountPersonOption, SetPeople } from "./account-actions.ts";
import { ManagerField, StandInsField, toAddresses } from "./manager-fields.tsx";

/** Sets the manager and the stand-ins of one account; of a manager that the roster names, the stand-ins alone. */
export function PeopleDialog({
  account: { id, name, isManagerFromRoster },
  email,
  standIns,
  people,
  openerId,
  setPeople,
}: {
  account: { id: string; name: string; isManagerFromRoster: boolean };
  email: string | null;
  standIns: readonly string[];
  people: readonly AccountPersonOption[];
  openerId: string;
  setPeople: SetPeople;
}) {
  const t = useTranslations("accountDialogs");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={t("peopleTitle", { name: isolate(name) })}
      description={<p>{t("peopleMeans")}</p>}
      openerId={openerId}
      confirmName={t("save")}
      check={checkReason}
      action={(form) =>
        setPeople({
          accountIds: [id],
          ...(isManagerFromRoster ? {} : { email: readText(form, "email") || null }),
          standIns: toAddresses(readText(form, "standIns")),
          reason: readText(form, "reason"),
        })
      }
      onDone={({ changedCount }) => {
        const text = t(changedCount > 0 ? "peopleSet" : "peopleAlready", { name: isolate(name) });
        say({ text, undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      {isManagerFromRoster ? (
        <p className="text-muted">{t("managerFromRoster", { email: email ?? "" })}</p>
      ) : (
        <ManagerField people={people} email={email} />
      )}
      <StandInsField standIns={standIns} hint={t("standInsHint")} />
      <ReasonField />
    </ActionDialog>
  );
}
