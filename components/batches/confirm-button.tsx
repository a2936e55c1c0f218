"use client";

import { useTranslations } from "next-intl";
import type { Action } from "../actions/action.ts";
import { ActionButton } from "../actions/action-button.tsx";
import { useToasts } from "../ui/toasts.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";

type Expected = { changes: number; requests: number };

type Confirm = Action<
  { selectionId: string; reason: string; ticketUrl: string | null; expected: Expected },
  { batchId: string | null; requestId: string | null; isNew: boolean }
>;

/** Confirms a selection. Its name says what that does: "Turn on 12, request 2". */
export function ConfirmButton({
  selectionId,
  acceptsBsuid,
  expected,
  confirm,
}: {
  selectionId: string;
  acceptsBsuid: boolean;
  expected: Expected;
  confirm: Confirm;
}) {
  const t = useTranslations("review");
  const { say } = useToasts();
  const { changes, requests } = expected;
  if (changes + requests === 0) return <p className="text-muted">{t("nothing")}</p>;
  const act = acceptsBsuid ? "On" : "Off";
  const name =
    changes === 0
      ? t("requestOnly", { requests })
      : requests === 0
        ? t(`confirm${act}`, { changes })
        : t(`confirmBoth${act}`, { changes, requests });
  return (
    <div>
      <ActionButton
        variant="primary"
        dialog={(openerId) => (
          <ReasonDialog
            title={name}
            description={<p>{t(acceptsBsuid ? "meansOn" : "meansOff")}</p>}
            confirmName={name}
            openerId={openerId}
            action={(why) => confirm({ selectionId, expected, ...why })}
            onDone={() => say({ text: t("done"), undo: null, returnFocusTo: openerId })}
          />
        )}
      >
        {name}
      </ActionButton>
    </div>
  );
}
