"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "../actions/action-button.tsx";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { AccountPersonOption, SetPeople } from "./account-actions.ts";
import { KEEP, ManagerField, StandInsField, toAddresses } from "./manager-fields.tsx";

type Props = { people: readonly AccountPersonOption[]; setPeople: SetPeople };

/** Sets who looks after the accounts that are selected in the list. */
export function SetManagersButton(props: Props) {
  const t = useTranslations("accountDialogs");
  return (
    <ActionButton
      dialog={(openerId) => <Dialog accountIds={readSelected()} openerId={openerId} {...props} />}
    >
      {t("setMany")}
    </ActionButton>
  );
}

/** The rows are the server's, and their checkboxes the browser's own. */
function readSelected(): string[] {
  const boxes = document.querySelectorAll<HTMLInputElement>('input[name="account"]:checked');
  return [...boxes].map(({ value }) => value);
}

function Dialog({
  accountIds,
  openerId,
  people,
  setPeople,
}: Props & { accountIds: string[]; openerId: string }) {
  const t = useTranslations("accountDialogs");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  const count = accountIds.length;
  const action = (form: FormData) => {
    const email = readText(form, "email");
    const standIns = toAddresses(readText(form, "standIns"));
    return setPeople({
      accountIds,
      ...(email === KEEP ? {} : { email: email || null }),
      ...(standIns.length === 0 ? {} : { standIns }),
      reason: readText(form, "reason"),
    });
  };
  return (
    <ActionDialog
      title={t("manyTitle", { count })}
      description={<p>{t(count === 0 ? "manyNone" : "peopleMeans")}</p>}
      openerId={openerId}
      confirmName={t("manyConfirm", { count })}
      canConfirm={count > 0}
      check={checkReason}
      action={action}
      onDone={({ changedCount }) => {
        say({ text: t("manySet", { count: changedCount }), undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      {count > 0 && (
        <>
          <ManagerField people={people} email={null} canKeep />
          <StandInsField standIns={[]} hint={t("standInsKeep")} />
          <ReasonField />
        </>
      )}
    </ActionDialog>
  );
}
