"use client";

import { useTranslations } from "next-intl";
import type { Action } from "../actions/action.ts";
import { UndoButton, type UndoCounts } from "./undo-batch-button.tsx";

type Stretch = {
  personId: string;
  since: string;
  expected: { changes: number; requests: number };
};

/** Undoes what a person did since a time, for a reason. */
export function UndoPersonButton({
  stretch,
  undo,
}: {
  stretch: Stretch;
  undo: Action<Stretch & { reason: string; ticketUrl: string | null }, UndoCounts>;
}) {
  const t = useTranslations("undo");
  const { changes, requests } = stretch.expected;
  return (
    <UndoButton
      name={requests > 0 ? t("personBoth", { changes, requests }) : t("person", { changes })}
      means={t("means")}
      undo={(why) => undo({ ...stretch, ...why })}
    />
  );
}
