"use client";

import { useTranslations } from "next-intl";
import type { Action } from "../actions/action.ts";
import { ActionButton } from "../actions/action-button.tsx";
import { type ApprovalEffect, ApproveDialog } from "./approve-dialog.tsx";
import { EditDialog, type EditedRequest } from "./edit-dialog.tsx";
import { RequestDialog } from "./request-dialog.tsx";

/** The server actions on a request, as the buttons take them. */
export type RequestActionSet = {
  approve: Action<
    { requestId: string; version: number; decision?: string },
    { state: "approved" | "scheduled" }
  >;
  decline: Action<{ requestId: string; reason: string }, null>;
  withdraw: Action<{ requestId: string }, null>;
  edit: Action<EditedRequest, null>;
};

type Props<Name extends keyof RequestActionSet> = { requestId: string } & {
  [Key in Name]: RequestActionSet[Key];
};

export function ApproveButton(
  props: Props<"approve"> & { version: number; effect: ApprovalEffect },
) {
  const t = useTranslations("requestActions");
  return (
    <ActionButton
      variant="primary"
      dialog={(openerId) => <ApproveDialog openerId={openerId} {...props} />}
    >
      {t("approve")}
    </ActionButton>
  );
}

export function DeclineButton({ requestId, decline }: Props<"decline">) {
  const t = useTranslations("requestActions");
  const send = (reason: string) => decline({ requestId, reason });
  return (
    <ActionButton
      dialog={(openerId) => <RequestDialog kind="decline" openerId={openerId} send={send} />}
    >
      {t("decline")}
    </ActionButton>
  );
}

export function WithdrawButton({ requestId, withdraw }: Props<"withdraw">) {
  const t = useTranslations("requestActions");
  const send = () => withdraw({ requestId });
  return (
    <ActionButton
      dialog={(openerId) => <RequestDialog kind="withdraw" openerId={openerId} send={send} />}
    >
      {t("withdraw")}
    </ActionButton>
  );
}

export function ReviewButton({
  batchId,
  review,
}: {
  batchId: string;
  review: Action<{ batchId: string; review: string }, null>;
}) {
  const t = useTranslations("requestActions");
  const send = (words: string) => review({ batchId, review: words });
  return (
    <ActionButton
      dialog={(openerId) => <RequestDialog kind="review" openerId={openerId} send={send} />}
    >
      {t("review")}
    </ActionButton>
  );
}

export function EditButton({
  request,
  edit,
}: {
  request: EditedRequest;
  edit: RequestActionSet["edit"];
}) {
  const t = useTranslations("requestActions");
  return (
    <ActionButton
      dialog={(openerId) => <EditDialog openerId={openerId} request={request} edit={edit} />}
    >
      {t("edit")}
    </ActionButton>
  );
}
