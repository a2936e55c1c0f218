"use client";

import { type Locale, type Messages, NextIntlClientProvider, useTranslations } from "next-intl";
import { useRef } from "react";
import { Dialog } from "../ui/dialog.tsx";
import type { FlagRequest, SetFlag } from "./flag-change.ts";
import { FlagConsequences } from "./flag-consequences.tsx";
import { FlagFailure } from "./flag-failure.tsx";
import { FlagForm } from "./flag-form.tsx";
import { FlagNeighbours } from "./flag-neighbours.tsx";
import { FlagWeek } from "./flag-week.tsx";
import { useFlagSubmission } from "./use-flag-submission.tsx";

export type FlagDialogProps = {
  request: FlagRequest;
  setFlag: SetFlag;
  locale: Locale;
  messages: Pick<Messages, "flagDialog">;
  onClose: () => void;
};

/** Decides on one number's flag. Brings its translations along, so that the page need not. */
export function FlagDialog({ locale, messages, ...props }: FlagDialogProps) {
  return (
    <NextIntlClientProvider
      locale={locale}
      timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
      messages={messages}
    >
      <Content {...props} />
    </NextIntlClientProvider>
  );
}

function Content({ request, setFlag, onClose }: Omit<FlagDialogProps, "locale" | "messages">) {
  const t = useTranslations("flagDialog");
  const reasonRef = useRef<HTMLTextAreaElement>(null);
  const submission = useFlagSubmission({ request, setFlag, onClose });
  const { number, acceptsBsuid, openerId } = request;
  return (
    <Dialog
      title={acceptsBsuid ? t("enableTitle") : t("disableTitle")}
      description={
        <p>
          <strong className="font-medium text-text">
            <bdi>{number.label}</bdi>
          </strong>{" "}
          <span className="whitespace-nowrap tabular-nums">{number.displayPhoneNumber}</span> ·{" "}
          <bdi>{number.accountName}</bdi>
        </p>
      }
      returnFocusTo={openerId}
      initialFocus={reasonRef}
      onClose={onClose}
    >
      <FlagForm
        request={request}
        reasonRef={reasonRef}
        isPending={submission.isPending}
        canConfirm={submission.canConfirm}
        onCancel={onClose}
        onConfirm={submission.submit}
        problem={
          submission.failure && <FlagFailure failure={submission.failure} seen={submission.seen} />
        }
      >
        <FlagWeek number={number} acceptsBsuid={acceptsBsuid} />
        <FlagConsequences acceptsBsuid={acceptsBsuid} />
        <p>
          <a
            href={`/simulator?number=${number.phoneNumberId}`}
            target="_blank"
            rel="noreferrer"
            className="underline underline-offset-2"
          >
            {t("seeWebhooks")}
          </a>
        </p>
        <FlagNeighbours number={number} acceptsBsuid={acceptsBsuid} />
      </FlagForm>
    </Dialog>
  );
}
