"use client";

import { useTranslations } from "next-intl";
import type { Action } from "../actions/action.ts";
import { ActionButton } from "../actions/action-button.tsx";
import { useToasts } from "../ui/toasts.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";

/** What an undo did, as counts. */
export type UndoCounts = {
  batchId: string | null;
  changed: number;
  requested: number;
  conflicts: number;
};

type Why = { reason: string; ticketUrl: string | null };

/** Undoes a batch, for a reason. */
export function UndoBatchButton({
  batchId,
  count,
  movedOn,
  undo,
}: {
  batchId: string;
  /** How many numbers can be taken back. */
  count: number;
  movedOn: number;
  undo: Action<Why & { batchId: string }, UndoCounts>;
}) {
  const t = useTranslations("undo");
  return (
    <UndoButton
      name={t("batch", { count })}
      means={movedOn > 0 ? t("leaves", { count: movedOn }) : t("means")}
      undo={(why) => undo({ batchId, ...why })}
    />
  );
}

/** Opens the dialog of an undo, and says what it did. */
export function UndoButton({
  name,
  means,
  undo,
}: {
  name: string;
  means: string;
  undo: Action<Why, UndoCounts>;
}) {
  const t = useTranslations("undo");
  const { say } = useToasts();
  return (
    <div>
      <ActionButton
        dialog={(openerId) => (
          <ReasonDialog
            title={name}
            description={<p>{means}</p>}
            confirmName={name}
            openerId={openerId}
            action={undo}
            onDone={({ batchId, changed, requested, conflicts }) =>
              say({
                text: t("done", { changed, requested, conflicts }),
                undo: null,
                returnFocusTo: openerId,
                note: batchId !== null && changed > 0 && (
                  <a href={`/batches/${batchId}`} className="block text-xs underline">
                    {t("toBatch")}
                  </a>
                ),
              })
            }
          />
        )}
      >
        {name}
      </ActionButton>
    </div>
  );
}
