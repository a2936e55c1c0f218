"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionDialog, type FieldErrors, useFieldError } from "../actions/action-dialog.tsx";
import {
  ChoiceField,
  ReasonField,
  readText,
  TextField,
  useReasonCheck,
} from "../actions/fields.tsx";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { ScheduleActions } from "./schedule-actions.ts";
import { readTime, TimeFields, useTimeCheck } from "./time-fields.tsx";

/** Schedules a change of some numbers. */
export function CreateDialog({
  numbers,
  zone,
  openerId,
  create,
}: {
  /** The text to begin with. */
  numbers: string;
  zone: string;
  openerId: string;
  create: ScheduleActions["create"];
}) {
  const t = useTranslations("scheduleActions");
  const { say } = useToasts();
  const checkTime = useTimeCheck();
  const checkReason = useReasonCheck();
  const check = (form: FormData): FieldErrors => ({
    numbers: readText(form, "numbers") === "" ? t("numbersMissing") : null,
    ...checkTime(form),
    ...checkReason(form),
  });
  return (
    <ActionDialog
      title={t("createTitle")}
      description={<p>{t("createMeans")}</p>}
      openerId={openerId}
      confirmName={t("createConfirm")}
      check={check}
      action={(form) => create(readInput(form))}
      onDone={({ isRequest }) => {
        const text = t(isRequest ? "requested" : "created");
        say({ text, undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      <NumbersField initial={numbers} />
      <ChoiceField name="accepts" label={t("accepts")} defaultValue="on">
        <option value="on">{t("turnOn")}</option>
        <option value="off">{t("makePhoneOnly")}</option>
      </ChoiceField>
      <TimeFields zone={zone} />
      <TextField
        name="until"
        type="datetime-local"
        step={1}
        label={t("until")}
        hint={t("untilHint")}
      />
      <ChoiceField name="bound" label={t("bound")} defaultValue="bound">
        <option value="bound">{t("isBound")}</option>
        <option value="free">{t("isFree")}</option>
      </ChoiceField>
      <ChoiceField name="onWaiting" label={t("onWaiting")} defaultValue="">
        <option value="">{t("ask")}</option>
        <option value="follow">{t("follow")}</option>
        <option value="replace">{t("replace")}</option>
      </ChoiceField>
      <ReasonField />
      <TextField name="ticketUrl" type="url" label={t("ticket")} maxLength={2_000} />
    </ActionDialog>
  );
}

function NumbersField({ initial }: { initial: string }) {
  const t = useTranslations("scheduleActions");
  const [value, setValue] = useState(initial);
  return (
    <Field label={t("numbers")} hint={t("numbersHint")} error={useFieldError("numbers")}>
      {(control) => (
        <textarea
          {...control}
          name="numbers"
          rows={2}
          required
          value={value}
          onChange={(event) => setValue(event.target.value)}
          className={CONTROL_STYLE}
        />
      )}
    </Field>
  );
}

function readInput(form: FormData) {
  const until = readText(form, "until");
  const onWaiting = readText(form, "onWaiting");
  return {
    numbers: readText(form, "numbers"),
    acceptsBsuid: readText(form, "accepts") === "on",
    ...readTime(form),
    ...(until === "" ? {} : { until }),
    ...(isChoice(onWaiting) ? { onWaiting } : {}),
    isBound: readText(form, "bound") === "bound",
    reason: readText(form, "reason"),
    ticketUrl: readText(form, "ticketUrl") || null,
  };
}

const isChoice = (text: string): text is "follow" | "replace" =>
  text === "follow" || text === "replace";
